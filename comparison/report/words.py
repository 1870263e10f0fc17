"""Sentences of the report. Each states what the record shows and where that ends; none concludes.

Whatever stands in braces is a figure or a name of the record. What a method's own finding says comes from
``comparison.evaluation.words``.
"""

TITLE = "Report on the comparison of two language models"
STANDING = (
    "Prepared by a computer program for an expert to examine, complete and sign. Nobody has signed it. Until "
    "an expert adopts it, it is a record of measurements and no opinion of anybody."
)
FOR_EXPERT = "To be completed by the expert"
EXPERT_WROTE = "Written by the person named as expert, and not signed"
NOT_RECORDED = "Not recorded"

ASKED = (
    "This report compares the suspect, {suspect}, with the reference, {reference}. It weighs four "
    "explanations of whatever likeness there is against each other, in pairs ([[propositions]])."
)
CONTROLS_FIRST = (
    "The methods were first tried on models whose relation is known (independent lineages: "
    "{independent}; derived: {derived}). What they gave there stands in [[controls]], before anything "
    "is said of the suspect ([[findings]])."
)
NO_CONTROLS = (
    "No reference population was used. How often unrelated models look as alike as these two do is therefore "
    "not known, and no likelihood ratio is stated."
)
RAN = (
    "Of the tests that ran ({ran}), {valued} gave a value and {silent} gave none ([[silent]]); {spoke} "
    "reached the threshold from which a test is said here to speak ([[thresholds]]). All of them are "
    "reported ([[every-test]]), and each p-value is corrected for all that ran."
)
PAIRS_FOLLOW = "Each two explanations against each other ([[rivals]]):"
PAIR_SILENT = "{first} against {second}: no test that ran tells the two apart."
PAIR_ONE = (
    "{first} against {second}: for {winner}, {count} of {ran} tests ({names}); for the other, none. Tests "
    "that do not tell the two apart: {silent}."
)
PAIR_BOTH = (
    "{first} against {second}: the tests contradict each other. For {first}: {one} ({names}); for "
    "{second}: {other} ({others}). This report does not resolve that by counting them; the expert "
    "should say why they differ."
)
PAIR_CAVEAT = (
    "These counts are of tests, not of independent pieces of evidence: several tests look at the same "
    "weights, and their ratios are never multiplied."
)
NOT_THE_ANSWER = (
    "No figure here says what anybody did. How a likeness came about is a question for the court, on all the "
    "evidence."
)

THE_PAIR = (
    "The two models are those of [[models-table]], known by the SHA-256 of the manifests of their weights."
)
ACCESS = (
    "What was reached of each model: {reference} of the reference, {suspect} of the suspect. Tests that need "
    "more than was reached could not run ([[not-run]])."
)
FOLDERS = (
    "Folder names come from the machine on which the comparison ran and identify nothing; the hashes do. The "
    "hash of every file stands in [[files]]."
)
CUSTODY = (
    "[[custody-table]] gives the entries of the matter's ledger about the two models and this "
    "comparison. The ledger is chained by hashes, so that a later change to an entry shows."
)
NO_CUSTODY = (
    "This report was made where the comparison ran, without the matter. It knows nothing of how the models "
    "were obtained, by whom, or what became of them: [[models]] rests on hashes alone."
)
EXPLANATIONS = (
    "The explanations are these. H3 and H3' are the rival explanations that an innocent party would give."
)

POPULATION = (
    "Models in the reference population: {models}. A lineage is a family of models made from one "
    "another; each counts once, since its models are not independent of each other. [[null-table]] "
    "gives its composition, [[members]] every model."
)
STRATUM = (
    "The suspect is compared with the stratum {stratum}, because the specification says that this is how it "
    "stands to the reference. That choice was made by whoever wrote the specification; the program cannot "
    "check it."
)
NO_STRATUM = (
    "The specification does not say which stratum the suspect belongs to, so that nothing is compared "
    "with the population."
)
CONTROL_TABLE = (
    "[[control-table]] gives, for each test, the values of models known to be independent of the reference "
    "(negatives) and of models known to be derived (positives). A test tells something only where the two "
    "lie apart."
)
CONTROL_NOTE = (
    "Negatives: independent lineages of the suspect's stratum, the greatest value of each. Positives: "
    "derived lineages, the mean of each. For tests of their own, minus log10 of that p."
)
TOLD_APART = "What that says of each test:"
APART = (
    "{method}: each of the derived lineages ({derived}) gave more than each of the independent ones "
    "({independent}). On these models the test tells them apart."
)
OVERLAP = (
    "{method}: of the derived lineages, {above} of {derived} gave more than every independent one. The "
    "ranges overlap, so that a value within them tells little."
)
BLIND = (
    "{method}: no derived lineage gave more than every independent one. On these models the test does not "
    "tell them apart, and its value for the suspect should carry no weight."
)
NO_POSITIVES = (
    "{method}: no model known to be derived gave a value. Whether the test would see a derived model of "
    "this kind is not shown here."
)
NO_NEGATIVES = "{method}: no independent model of the stratum gave a value, so there is no null."
LEFT_OUT = (
    "[[left-out-table]] gives how the ratios fared when each lineage was left out in turn, as for a "
    "model that was not seen before. Cllr is what the ratios cost: 0 is the best, 1 says nothing. An "
    "independent lineage with a ratio above 1 is a false positive."
)
TIPPETTS = (
    "The figures below draw those ratios (Tippett plots): at each ratio, the share of lineages that "
    "reached it. Solid: derived lineages; dashed: independent ones. The grey margins lie beyond the "
    "bounds of what the population supports."
)
NO_LEFT_OUT = (
    "No test has a likelihood ratio: that needs at least four derived and four independent lineages of the "
    "suspect's stratum, each left out in turn. There is no Tippett plot, no Cllr and no false-positive rate "
    "to show."
)

FINDINGS = (
    "[[findings-table]] gives what each test gave for the suspect. A dash stands where there is nothing "
    "to give."
)
FINDINGS_NOTE = (
    "Independent lineages: the least and the greatest value of the null. Ratio and bounds: likelihood ratio, "
    "and what the population supports ([[strength]])."
)
LOOKS_AT = "{method} ({title}) needs {needs}. It survives {survives}. It is defeated by {defeated}."
LOOKS_AT_ONLY = "{method} ({title}) needs {needs}."
READ_WITH_ALL = "To be read with more than one test, named in brackets:"
READ_WITH = "What must be read with {method}:"
MAP = (
    "[[map-{method}]] shows the p-value of {method} for each two blocks: the reference's downwards, the "
    "suspect's to the right. A derived model of the same depth shows a dark diagonal; one with layers taken "
    "out or put in, a broken one. The smallest of the map is {least}, for {block} of the reference and "
    "{other} of the suspect."
)
MAP_TOO_LARGE = (
    "The map of {method} has {cells} cells, too many to draw. The smallest p-value in it is {least}."
)
HISTOGRAM = (
    "{method}: the suspect's value (line) among {independent} independent lineages of the stratum {stratum} "
    "(bars), with {derived} derived lineages (triangles)."
)
MAP_CAPTION = (
    "{method}, by block. The darker, the smaller the p-value: below 0.1, 10⁻⁴, 10⁻¹² and 10⁻⁵⁰. Blank "
    "with an outline: not compared."
)
TIPPETT_CAPTION = "{method}: ratios of lineages left out in turn."

MULTIPLE = (
    "P-values: {tested}, from {ran} tests. Whoever runs many tests meets a small p-value by chance, so "
    "each is corrected for all of them (Holm). The corrected one is what counts here ([[holm-table]])."
)
NO_P = "No test gave a p-value, so there is nothing to correct."
ALL_VALUED = "Every test that ran gave a value."
SOME_SILENT = "These tests ran and gave no value. A test without a value speaks neither way."
ALL_RAN = "Every method that this program knows ran."
NOT_RUN = (
    "These methods did not run. Their absence speaks neither way; a report without them is a part of the "
    "picture."
)
NOT_ASKED = "It was not among the methods that the specification names."

RIVAL_H3 = (
    "Common data and architecture (H3). Independent lineages of the population trained on the same "
    "data: {lineages}. They are what this explanation would look like: [[rival-table]] sets the "
    "suspect's value beside the greatest among them."
)
RIVAL_H3_ELSEWHERE = (
    "Common data and architecture (H3). No independent model trained on the same data is in the "
    "population. Those with which the suspect is compared are of the stratum {stratum}; models of the same "
    "data are more alike than those, so that this explanation is tested in part only."
)
RIVAL_H3_OPEN = (
    "Common data and architecture (H3). No independent model is in the population that the suspect could be "
    "compared with. This explanation has not been tested."
)
RIVAL_SEED = (
    "Shared ancestor or seed (H3'). Lineages of the population that share the reference's seed or "
    "ancestor without being made from it: {lineages}; [[rival-table]] gives the greatest value among "
    "them. Where the suspect's value does not exceed it, this explanation accounts for the value as "
    "well as H1 does."
)
RIVAL_SEED_OPEN = (
    "Shared ancestor or seed (H3'). No model that shares the reference's seed or ancestor is in the "
    "population. This explanation has not been tested, and every test that speaks for H1 speaks for it "
    "as much."
)
RIVAL_NOTE = "For tests of their own, minus log10 of that p. A dash: no such model, or no value."
PAIRS = (
    "[[pair-table]] sets the explanations against each other. A likeness beyond chance speaks for an "
    "explanation that leaves one over an explanation that does not. A lack of likeness speaks for "
    "independent training over H1, where the test would have seen a derived model, and for nothing "
    "else."
)

BOUNDS = (
    "A likelihood ratio says how many times more often such a value comes about under the first "
    "proposition (derived) than under the second (independent, same stratum). It is held within bounds: "
    "the ratios beyond which one more misleading case in the population would make it better to use no "
    "ratio (ELUB). They are computed from ratios found with each lineage left out in turn. A population "
    "of few lineages supports small ratios only, whatever the value is."
)
BOUND_REACHED = (
    "At a bound of what the population supports stand the ratios of: {methods}. A larger population might "
    "support a greater or a lesser one there; this one does not."
)
FUSED = (
    "Several tests together. The ratios of these tests are not multiplied, because they look at the "
    "same models: {methods}. One regression over all of them gives the ratio {lr}, within the supported "
    "{low} to {high}: {verbal}. It rests on {derived} derived and {independent} independent lineages, "
    "each left out in turn: Cllr {cost} bits, and a ratio above 1 for independent lineages in {rate} "
    "with 95% confidence."
)
NO_BOUNDS = "No test has a likelihood ratio here, so that no bound applies."
SCALE = (
    "Where a ratio is put into words, they are those of [[scale-table]], printed in full because sources "
    "disagree on its upper bands. The words describe the ratio, never the propositions themselves."
)
SCALE_NOTE = (
    "From the example of the ENFSI guideline (2015). Below 1 the same words stand, by the inverse of the "
    "ratio, for the second proposition."
)
THRESHOLDS = (
    "A test is said to speak from a likelihood ratio of {ratio} (or, the other way, of its inverse), from a "
    "p-value below {alpha} after correction, or where trained tensors are identical byte for byte. These "
    "thresholds stand in the program's code, whose hash is in [[environment]]."
)
ASSUMED = "[[assumed-table]] says for each method what it needs, what it survives and what defeats it."
