"""The words of the subject, for a reader who is no engineer."""

WORDS: tuple[tuple[str, str], ...] = (
    (
        "Bound (ELUB)",
        "The greatest and the least ratio that a population of this size can support, whatever the "
        "value."),
    (
        "Cllr",
        "What ratios cost on models of known relation, in bits: 0 is the best, 1 is no better than "
        "saying nothing."),
    ("Corrected p-value (Holm)", "A p-value made larger to allow for the number of tests that ran."),
    ("Derived", "Made from another model's weights: trained further, pruned, merged, rearranged."),
    ("Distillation", "Training one model on what another one answers."),
    ("Embedding", "The row of numbers by which a model knows a token."),
    ("False positive", "An independent model for which the ratio nevertheless stood above 1."),
    (
        "H1, H2, H3, H3'",
        "The four explanations that are weighed: made from the weights; trained on the outputs; "
        "independent; a shared ancestor or seed."),
    ("Independent", "Trained from a start of its own, without weights or outputs of the other."),
    (
        "Layer, block, neuron",
        "A model computes in layers one after another; a block is a part of a layer, a neuron one unit "
        "in it."),
    (
        "Likelihood ratio",
        "How many times more often such a value comes about under the first proposition than under the "
        "second. It says nothing of how the propositions themselves stand."),
    ("Lineage", "A family of models made from one another. Each counts once."),
    ("Null", "The values that independent models gave: what is ordinary."),
    ("p-value", "How often so great a value, or a greater one, comes about between independent models."),
    ("Permutation, rotation", "Rearrangements of a model's numbers that leave its answers unchanged."),
    (
        "Rank p-value",
        "A p-value from the place of the suspect's value among those of the null; with n lineages never "
        "below 1/(n+1)."),
    ("Reference, suspect", "The model said to have been the source, and the model complained of."),
    (
        "Reference population",
        "Models whose relation to the reference is known, against which the suspect is measured."),
    (
        "Seed",
        "The number from which a computer draws what looks random. Two models of one seed start out the "
        "same."),
    ("SHA-256", "A number computed from a file's bytes. Another file gives another number."),
    (
        "Stratum",
        "How like the suspect's case a model of the population is: same data, same domain, other "
        "domain, other architecture, same seed."),
    ("Tensor", "A named table of a model's numbers."),
    ("Tippett plot", "For each ratio, the share of models of known relation that reached it."),
    ("Token", "A word or a piece of one, as a model reads and writes it."),
    ("Weights", "The numbers that training has set: the model itself."),
)  # fmt: skip
