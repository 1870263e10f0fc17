"""Why a model cannot be run. Holes are for figures only; the remedy beside it says which model it is."""

OTHER_FILE = (
    "The weights of one of the models lie in a file of another name than those of a model that is run."
)
FOREIGN_CODE = (
    "The configuration of one of the models asks for code that comes with it, and none is executed."
)
NOT_RUN = "The library that runs models cannot run one of them."
INCOMPLETE = (
    "One of the models is not a complete model of its type: {missing} tensors are missing, {spare} have no "
    "place and {other} have another shape."
)
NO_TOKENIZER = "One of the models has no tokenizer.json, so that no text can be put to it."
TOKENIZER_UNREADABLE = "The tokenizer.json of one of the models cannot be read."
OTHER_LENGTHS = (
    "The probe has sequences of {shortest} to {longest} tokens, and one of the models reads 2 to {most}."
)
SHORT_LINE = "A line of the probe is a single token to one of the models."
EMPTY_TEXT = "A text is empty."
UNKNOWN_NUMBER = "A token has the number {token}, and one of the models knows {vocabulary} tokens."
NO_ROOM = (
    "A prompt is empty or leaves no room for {tokens} tokens, and one of the models reads {longest} at once."
)
NO_MEMORY = "There is not memory enough to run a model on one sequence."
