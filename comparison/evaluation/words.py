"""What a comparison says in words. It states what was measured; the conclusion is the court's."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from comparison.evaluation.sentences import pattern

TOKENS_BY_ID = (
    "A tokenizer is missing, so tokens were paired by their numbers. If the numbers stand for other words in "
    "the two models, the value is lower than it ought to be, and excludes nothing."
)
UNPLACED = "{count} tensors have no known place in a model of this family, and were not looked at."
WHOLE_MAP = (
    "Every layer was compared with every other. The p-value counts the layers at the same depth together, "
    "and the most alike pair of all times the number of pairs; of these two the smaller counts twice."
)
BY_PLACE = (
    "Layers were compared at the same depth only, because the models are too wide for all pairs. A layer "
    "that was moved elsewhere is missed."
)
SUBSPACE_ORDINARY = (
    "Output layers of independent models overlap by chance and by like data: 0.43 in one measured set. The "
    "value depends on width and number of tokens, so that only models of like size tell what it means."
)
NORM_ORDINARY = (
    "Norm gains of independently trained models are nearly the same: their cosine was 0.998 in one measured "
    "set, and 0.99 in a case in which an accusation that rested on it was withdrawn."
)
DEVIATION_ORDINARY = (
    "Profiles of standard deviations follow depth and initialisation: between independent models of one "
    "measured set they correlated from 0.07 to 0.91."
)
NO_RATIO = (
    "No strength of evidence is stated by a likelihood ratio: it needs a reference population of independent "
    "and of derived models, and none was used."
)
STRATUM_UNSTATED = (
    "The specification does not say how like the reference population the suspect is, so nothing is measured "
    'against it. Write stratum = "same-data" (or same-domain, other-domain, other-architecture, same-seed) '
    "into [comparison]."
)
NO_NULL = "There is no null, and no likelihood ratio: {reason}"
NO_MEMBER = "No model of the population gave a value for this method."
MEMBERS_SILENT = "{count} models of the population gave no value and are not counted."
NULL_ELSEWHERE = (
    "The null holds models of the stratum {stratum}. Models trained on like data are more alike than those: "
    "if the suspect was, this null understates what chance gives."
)
NULL_OF_SEED = (
    "The null holds models that share the reference's seed or ancestor. It tests for more than that, and "
    "says nothing of models that share neither."
)
RANKED = (
    "The p-value is the suspect's rank among {lineages} independent lineages and cannot go below "
    "1/{more}: a larger population would be needed to say more."
)
OWN_TEST = (
    "The p-value comes from a test of its own. It is not turned into a likelihood ratio, and presumes that "
    "the two models started from independent random weights: a shared public ancestor or seed gives as small "
    "a value as derivation does."
)
SEED_STATED = (
    "The specification says that the two models share a seed or ancestor. The test's own p-value presumes "
    "that they do not, and is not used; the rank among models that share it is, where there are any."
)
UNPROVEN_NULL = (
    "That this p-value behaves as one between independent models is shown by experiment, in the paper and "
    "for the population here, not by theorem."
)
UNTESTED_NULL = (
    "That this p-value behaves as one between independent models is shown by experiment, not by theorem, and "
    "no population was at hand to see whether it holds for models like these."
)
BROKEN_NULL = (
    "Independent models of the population gave p-values too small for chance, down to 10 to the power "
    "{least:.1f}. The test's own p-value is not used for these models; the rank among them is."
)
NO_LR = "No likelihood ratio is given, each lineage being left out in turn to test it: {reason}"
RATIO = (
    "The ratio compares how often such a value arises between derived models, the first proposition, and "
    "between independent ones of the stratum {stratum}, the second. {derived} derived and {independent} "
    "independent lineages support ratios from {low:.3g} to {high:.3g}, and none beyond."
)
BETWEEN = (
    "No likelihood ratio is given: the value lies above that of every independent model, but nearer to "
    "theirs than to those of the derived models, so that the ratio would have spoken for independence."
)
VALIDATED = (
    "With each lineage left out in turn, the cost of the ratios was {cost:.2f} bits (0 is the best, 1 says "
    "nothing), and {errors} of {independent} independent lineages had a ratio above 1: a false-positive rate "
    "of {low:.1%} to {high:.1%} with 95% confidence."
)
LOGGED_TEST = (
    "The p-value is exact if what was served and the fresh answers are draws of one kind. It is not turned "
    "into a likelihood ratio. It says that the suspect knew the answers that were served, not how it came to."
)
ORDER_TEST = (
    "The p-value is exact if the order of training was drawn at random. It is not turned into a likelihood "
    "ratio. A model trained in the same public order, or on a public ancestor, gives as small a value."
)
REPRESENTATIONS_ORDINARY = (
    "Representations of independent models are far from unlike: those of last tokens reached 0.84 in the "
    "mean in one measured set. Only models of like data tell what the value means."
)
ATTENTION_ORDINARY = (
    "Attention by distance is nearly the same in independently trained models: profiles of matched heads "
    "correlated from 0.979 to 0.989 in one measured set. A high value is ordinary unless it stands out "
    "among those of the null."
)
BEHAVIOUR_ORDINARY = (
    "Models of like data answer alike, and a model that was retrained for long answers less like its parent "
    "than a stranger does. A low value excludes nothing."
)
SHORTLISTED = (
    "Of each answer's distribution the {count} likeliest tokens count; the rest is taken as not in common."
)
RESIDUAL_DOMAIN = (
    "What {count} independent lineages have in common was taken out first. If they are of another domain "
    "than the two models, the value is too high; the levels and correlations by which that was checked are "
    "listed with the details."
)
ONE_OUTSIDE = (
    "One of the two models stands outside the population on this probe, so that the value is less sure than "
    "the null shows."
)
CROSS = (
    "The value is in nats a token, {low:.3g} to {high:.3g} with 95% confidence over texts, of {authors} "
    "authors, against {models} reference models."
)
LOGGED_DRAWN = (
    "{prompts} logged answers were each ranked among {answers} drawn afresh; the mean rank of models that "
    "never saw the log is 0.5."
)
LOGGED_CONTROL = (
    "Control: the claimant's own model gives the logged answers the mean rank {rank:.3f}, as it must where "
    "they are draws like the fresh ones."
)
LOGGED_UNCHECKED = (
    "The claimant's own model could not be tested as a control, so that nothing shows that the fresh answers "
    "were drawn as the service draws them."
)
ORDER_PUBLIC = "If the order of training was published, whoever trained in that order leaves the same trace."
ORDER_CONTROLLED = "The mean likelihood under {models} independent models was taken out first."
ORDER_UNCONTROLLED = (
    "No independent model's likelihoods were taken out, so that texts that are easier for every model and "
    "stood late in training would leave the same trace."
)
SAME_NAME_ONLY = (
    "Tensors are paired by name. A model whose tensors were renamed has no pairs here; identical contents "
    "under other names are listed by the method hashes."
)
IDENTICAL_TRAINED = (
    "Tensors of trained weights that are the same byte for byte do not come about by chance. They are "
    "explained equally well by one model having been made from the other and by both having been made from "
    "the same public ancestor."
)
NOTHING_IDENTICAL = (
    "That no trained tensor is identical excludes nothing: a single step of training changes the bytes of "
    "every tensor that it touches."
)
UNINFORMATIVE = (
    "Constant tensors and tables computed from the configuration are the same in unrelated models. They are "
    "counted apart and bear on nothing."
)
SHARED_INITIALISATION = (
    "Tensors that training never touched can be the same because both models started from the same public "
    "seed or checkpoint."
)
COSINE_LOST = (
    "A permutation or rotation of neurons leaves the model's answers unchanged and lowers this cosine to "
    "that of unrelated models; a low value therefore excludes nothing."
)
COSINE_MEASURED = (
    "Between independently trained models of one measured set (4 layers, 1.05 million parameters, the same "
    "data) the cosine was 0.00, from -0.06 to 0.06. That set is not a reference population for these models."
)
COSINE_SEED = (
    "Two models with one public seed and differently ordered data reached 0.55 in the measured set. A shared "
    "seed or ancestor raises this cosine."
)
COSINE_NORMS = (
    "The value covers matrices only. Norm gains and other vectors are listed for completeness: their cosine "
    "is 0.99 or more between unrelated models."
)

PROPOSITIONS = {
    "H1": "The suspect model was made from the weights of the reference model.",
    "H2": "The suspect model was trained on outputs of the reference model (distillation).",
    "H3": "The two models were trained independently, on like data and with a like architecture.",
    "H3'": "The two models share a public ancestor, or a public seed.",
}
SHORT = {
    "H1": "H1: from the weights",
    "H2": "H2: from outputs",
    "H3": "H3: independently",
    "H3'": "H3': shared ancestor",
}
RIVALS = {
    "H1": "Identical trained tensors are what this would leave, unless the weights were trained further or "
    "rearranged.",
    "H2": "Neither hashes nor cosines of weights bear on this. It is tested on outputs and likelihoods.",
    "H3": "Independent training gives no identical trained tensors; like configurations and tokenizers, "
    "however, are common.",
    "H3'": "This would leave the same identical tensors. Ask which public model each party began with, and "
    "register it here to compare both with it.",
}

NOT_TOLD_APART = {
    "H1 v H3": "No likelihood ratio sets these two against each other: that needs independent models of "
    "the suspect's stratum and derived ones, enough of both, and a method that bears on the first.",
    "H2 v H3": "No likelihood ratio sets these two against each other: the derived models of a population "
    "are ones made from the weights, and show nothing of training on outputs.",
    "H1 v H3'": "No method that ran tells these two apart. Whatever making one model from the other leaves, "
    "a shared public ancestor or seed leaves as well. Register the public models with which either party "
    "could have begun, and measure against models of the stratum same-seed.",
}
STANDINGS = {1: "Would be expected", -1: "Would not be expected", 0: "Leaves it open"}
CONTROL_RULES = {
    "ratio": "Right is a ratio above 1 for a derived origin and at most 1 for an independent one, each "
    "left out in turn.",
    "p": "Right is a p-value below {alpha} for a derived origin, and not below it for an independent one.",
    "rank": "Right is a value above that of every independent origin.",
}

NO_VALUE = "{method}: no value."
VALUE = "{method}: {value:.4g}."
AGAINST_NULL = (
    "Independent models of the stratum {stratum} gave {min:.4g} to {max:.4g}, {mean:.4g} in the mean, over "
    "{lineages} lineages."
)
TESTED = "The p-value is {p}; corrected for all tests that ran, {holm}."
WEIGHED = "Likelihood ratio {lr:.3g}, within the supported {low:.3g} to {high:.3g}: {verbal}."

FUSED = (
    "Several methods together, weighed by a logistic regression and never multiplied ({methods}): likelihood "
    "ratio {lr:.3g} of derivation over independence, within the supported {low:.3g} to {high:.3g}: {verbal}."
)

NO_VALUE_THERE = "There is no value; the file of the run says why."


def known(text: str) -> bool:
    """Whether the sentence is one of those above, whatever figures stand in it."""
    return any(one.fullmatch(text) for one in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    constants = [value for name, value in globals().items() if name.isupper() and isinstance(value, str)]
    return tuple(pattern(text, {}) for text in constants)


def outcome(finding: dict[str, Any]) -> str:
    """A finding in sentences: its value, its null, its p-value and its ratio, as far as it has them."""
    if finding["value"] is None:
        return NO_VALUE.format(**finding)
    said = [VALUE.format(**finding)]
    if finding["null"] is not None:
        said.append(AGAINST_NULL.format(**finding["null"]))
    if finding["p"] is not None:
        corrected = finding["p"] if finding["holm"] is None else finding["holm"]
        said.append(TESTED.format(p=small(finding["p"]), holm=small(corrected)))
    if finding["lr"] is not None:
        said.append(weighed(finding))
    return " ".join(said)


def weighed(finding: Mapping[str, Any]) -> str:
    """A finding's likelihood ratio with its bounds and in words."""
    low, high = finding["lr_bound"]
    return WEIGHED.format(lr=finding["lr"], low=low, high=high, verbal=finding["verbal"])


def small(p: float) -> str:
    """A p-value with two digits; below what a computer tells from nothing, that."""
    return f"{p:.2g}" if p > 1e-299 else "below 1e-299"
