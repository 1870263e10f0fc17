"""Why a figure cannot be given. Holes are for figures, and for the name of a stratum; nothing else."""

FEW_FOR_NEIGHBOURS = (
    "{ours} and {theirs} samples do not give {wanted} neighbours to each: both models need the same samples, "
    "and more of them."
)
OTHER_NEIGHBOURS = "The neighbours in the two models are not of the same samples."
AGREEMENT_CERTAIN = "The models cannot but agree: both are always right, or there is nothing else to answer."
ONE_OPTION = "A question has one option, and two or more are needed."
NO_GAINS = "The gains of one side are all zero."
NOT_ITEM_BY_ITEM = "{ours} and {theirs} numbers cannot be compared item by item."
OTHER_PROBES = "The units of the two models were observed on different probes."
UNITS_NOT_FINITE = "What was observed of some units is not finite."
FEW_UNITS = "Only {units} units correspond, and this test needs four or more."
FEW_TEXTS = (
    "{models} models, {authors} authors and {texts} texts of each do not tell the effects apart: three "
    "models, two authors and two texts are needed."
)
OTHER_VOCABULARY = "The vocabularies differ: {ours} and {theirs} tokens."
FEW_TOKENS = "{ours} and {theirs} tokens do not tell widths of {widths} together apart."
FEW_PROBES = "{probes} probes do not span {size} directions."
NO_LAYERS = "{ours} and {theirs} layers cannot be paired."
OTHER_SAMPLES = "{ours} and {theirs} samples cannot be compared: both models need the same, four or more."
FEW_SAMPLES = "{samples} samples cannot be compared: four or more are needed."
ALL_ALIKE = "One side does not vary between the samples."
OTHER_PROMPTS = "{served} served answers and fresh ones to {prompts} prompts do not belong together."
FEW_FRESH = "There are {answers} fresh answers to a prompt, and {fewest} or more are needed."
FEW_FOR_RESIDUAL = "A residual needs a reference population of at least two models."
OTHER_TOKENS = "The models were scored on different tokens."
FEW_FOR_DOMAIN = (
    "{models} independent models do not show whether they are of both models' domain: three or more are "
    "needed."
)
OTHER_TEXTS = "The likelihoods are not those of the texts in the order."
NO_SUCH_STRATUM = "There is no such stratum."
STRATUM_EMPTY = "The population holds no independent model of the stratum {stratum}."
ONE_KIND = "The population holds only one kind of pair."
FEW_LINEAGES = "{derived} derived and {independent} independent lineages give no likelihood ratio."
