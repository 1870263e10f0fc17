"""Why weights that were opened cannot be compared. Holes are for figures and for a file of ``FILES`` only."""

FILES = ("tokenizer.json", "vocab.json")
"""The files of a model's tokenizer that are JSON."""

NO_TOKENIZER = "A tokenizer is missing, and the vocabularies have {ours} and {theirs} tokens."
FEW_TOKENS = "The tokenizers share {tokens} tokens, and methods that observe tokens need {fewest}."
NO_LAYOUT = "The layout of one of the models is not known: {tensors} of its tensors have no place."
OTHER_NUMBERS = "One of the models holds numbers of a type that no method reads."
NOT_FINITE = "One of the models holds numbers that are not finite."
ENDED = "A file of weights ended while it was read."
LARGE_JSON = "{file} is over {limit} MiB."
NO_JSON = "{file} is not valid JSON."
NO_OBJECT = "{file} holds no JSON object."
