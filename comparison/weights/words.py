"""What a comparison says in words. It states what was measured; the conclusion is the court's."""

NO_RATIO = (
    "No strength of evidence is stated, neither a likelihood ratio nor a p-value: it needs a reference "
    "population of independent models, and no method of this version uses one."
)
POPULATION_UNUSED = (
    "The specification names a reference population. This version checks nothing against it; the evaluation "
    "worker will."
)
PROBE_UNUSED = "The specification names a probe or logs. No method that ran here reads them."
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
COSINE_NO_PAIRS = "No two matrices have the same name and shape, so there is no value."

PROPOSITIONS = {
    "H1": "The suspect model was made from the weights of the reference model.",
    "H2": "The suspect model was trained on outputs of the reference model (distillation).",
    "H3": "The two models were trained independently, on like data and with a like architecture.",
    "H3'": "The two models share a public ancestor, or a public seed.",
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
