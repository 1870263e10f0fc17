"""Why a method gives no value: the reasons that findings and reports show, and whether a sentence is one.

A hole is for figures, or for a member of one of ``LISTS``, so that whoever writes a record's file puts no
words into findings. The remedy, which may name folders and files, stands beside the reason.
"""

from enum import StrEnum
from functools import cache
from re import Pattern

from comparison.evaluation.sentences import pattern
from comparison.runner import refusals as running
from comparison.statistics import refusals as statistics
from comparison.statistics.calibration.population import STRATA
from comparison.weights import refusals as weights
from comparison.weights.layouts import ROLES


class Called(StrEnum):
    """What a reason calls a model; of a population's pair, the reference is what its model stands against."""

    REFERENCE = "the reference"
    SUSPECT = "the suspect"
    ANOTHER = "another model"


NOT_GIVEN = {
    "geometry": "representations, which only a model's weights give",
    "neighbours": "representations, which only a model's weights give",
    "last_geometry": "last-token representations of four sequences or more, which only its weights give",
    "attention": "attention, which only a model's weights give",
    "logprobs": "log-probabilities of the probe's tokens",
    "top_tokens": "likeliest tokens at each position",
    "top_logprobs": "log-probabilities of the likeliest tokens",
    "answers": "answers",
    "rows": "log-probabilities of many tokens at one place",
}
"""What each part of an observation is, in words."""
TEXTS = {
    "logs": "the logged answers",
    "authors": "the authors' texts",
    "training": "the texts in the order of training",
}
"""What likelihoods are of, by the part of the inputs."""
LISTS = {
    "model": tuple(Called),
    "part": tuple(NOT_GIVEN.values()),
    "texts": tuple(TEXTS.values()),
    "role": ROLES,
    "stratum": STRATA,
    "file": weights.FILES,
}
"""By the name of a hole, what may stand in it."""

NO_WORKER = "The evaluation worker is not installed, so that no model can be run."
WITHOUT_WEIGHTS = "The weights of {model} are not at hand, only what it gave."
NO_PROBE = "The specification names no probe."
NO_LOGS = "The specification names no logs of what the claimant's service answered."
NO_TEXTS = "There are no texts by several authors."
NO_ORDER = "The specification does not give the order of the claimant's training."
OUT_OF_RANGE = "What a model gave holds numbers that are not finite."
ABOVE_NOUGHT = "What a model gave holds log-probabilities above 0."

NO_TRAINED_TENSOR = "The suspect has no trained tensor that could be compared."
NO_COMMON_MATRIX = "No two matrices have the same name and shape."
SHORT_PROFILE = "A profile over {layers} layers says nothing: {fewest} are needed in each model."
ROLE_MISSING = "Not every layer has a {role} projection."
NO_GATE = "There are no gated blocks in {model}, and this test compares each gate with its up projection."
OTHER_WIDTHS = "The layers have different numbers of neurons, which therefore have no numbers in common."
NO_ROLE = "Layer {number} of {model} has no {role} projection."
HEADS_UNKNOWN = "The configuration of {model} does not say how many heads it has."

NOTHING_OF = "What is known of {model} holds no {part}."
FEW_COLUMNS = "{tokens} tokens do not tell a width of up to {places} apart."
READ_OTHERWISE = "The models read the probe as different tokens, so that no position stands for another."
OTHER_SEQUENCES = "The models read different sequences."
NO_TRUTH = "No right answers are known."
OTHER_QUESTIONS = "The answers are not to the same questions."
FEW_ANSWERS = "{answers} answers say nothing: {fewest} or more are needed."
OTHER_DOMAIN = (
    "The population is of another domain than both models: on this probe they stand outside it in the same "
    "direction, and would look alike for that alone."
)

NO_LIKELIHOODS = "What is known of {model} holds no likelihoods of {texts}."
LOGS_OF_ANOTHER = "The logs are of another model than the reference."
SERVED_OTHERWISE = (
    "The claimant's own model prefers what was served to what it answers now, so that the one is no draw "
    "like the other."
)
TEXTS_OF_ANOTHER = "The texts are not of the reference."
NONE_BY_CLAIMANT = "The authors' texts have none by the claimant's model."
WROTE_THEM = "The suspect wrote texts itself; others form the null."
ORDER_OF_ANOTHER = "The order is not that in which the reference was trained."


def because(reason: str) -> str:
    """The reason as it stands among what must be read with a finding."""
    return f"There is no value. {reason}"


def known(text: str) -> bool:
    """Whether the sentence gives one of these reasons, whatever figures stand in it."""
    return any(one.fullmatch(text) for one in _patterns())


def reasons() -> list[str]:
    """Every reason with its holes: those above, and those of the statistics, the weights and the runner."""
    named = [row for room in (statistics, weights, running) for row in vars(room).items()]
    return [text for name, text in (*named, *globals().items()) if name.isupper() and isinstance(text, str)]


@cache
def _patterns() -> tuple[Pattern[str], ...]:
    return tuple(pattern(because(reason), LISTS) for reason in reasons())
