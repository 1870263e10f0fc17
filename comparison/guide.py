"""Which methods a pair of models allows, by what can be reached of each, and what each would tell."""

from dataclasses import dataclass
from importlib.util import find_spec

from comparison.evaluation.bench import Part
from comparison.evaluation.measures import FROM_OBSERVATIONS
from comparison.evaluation.methods import AVAILABLE, Method
from comparison.models import ComparisonJob, ModelArtefact
from comparison.selectors import REACH
from comparison.shown import EXHIBITS

BEARS_ON = {
    ComparisonJob.Question.WEIGHTS: ("H1",),
    ComparisonJob.Question.OUTPUTS: ("H2",),
    ComparisonJob.Question.BOTH: ("H1", "H2"),
}
OUT_OF_REACH = "Needs {access} of both models; of {model} there is less."
REACHED = {"weights": "the weights", "logits": "log-probabilities", "text": "answers"}
SHOWN: dict[Part, tuple[str, ...]] = {
    "probe": ("probe",),
    "authors": ("probe", "reference_texts"),
    "logs": ("served",),
    "training": ("training_order",),
}
"""The fields of a draft of which one must name what models are shown."""
NO_MANIFEST = "{model} has no manifest of its weights yet."
NO_WORKER = (
    "The evaluation worker is not installed on this machine. Methods that read weights run without it; for "
    "the others whoever keeps the machine adds it with “make setup WORKER=1”."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A method for two models: whether it can be chosen, why not where it cannot, and what it still lacks."""

    method: Method
    bears: bool
    why_not: str = ""
    lacks: str = ""

    @property
    def possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.why_not


def worker_installed() -> bool:
    """Whether models can be run here, and not only their weights read."""
    return all(find_spec(name) for name in ("torch", "transformers"))


def offers(job: ComparisonJob) -> list[Offer]:
    """Every method, with what stands in its way for this pair and whether it bears on the question."""
    asked = BEARS_ON[ComparisonJob.Question(job.question)]
    sides = (job.reference, job.suspect)
    return [
        Offer(
            method,
            bears=bool({*method.tells} & {*asked}),
            why_not=_in_the_way(method, sides),
            lacks=in_words(lacking(job, method.name)),
        )
        for method in AVAILABLE
    ]


def proposed(job: ComparisonJob) -> list[str]:
    """Names of the methods that are possible and lack nothing."""
    return [offer.method.name for offer in offers(job) if offer.possible and not offer.lacks]


def lacking(job: ComparisonJob, method: str) -> tuple[str, ...]:
    """The draft's fields without one of which the method gives no value; empty where it lacks none."""
    fields = SHOWN[FROM_OBSERVATIONS[method]] if method in FROM_OBSERVATIONS else ()
    return () if any(getattr(job, f"{field}_id") for field in fields) else fields


def in_words(fields: tuple[str, ...]) -> str:
    """What such fields name."""
    return " or ".join(EXHIBITS[field].word for field in fields)


def _in_the_way(method: Method, sides: tuple[ModelArtefact, ...]) -> str:
    for model in sides:
        if method.access not in REACH[model.access]:  # type: ignore[index]
            return OUT_OF_REACH.format(access=REACHED[method.access], model=model.label)
    return next((NO_MANIFEST.format(model=m.label) for m in sides if not m.manifest_sha256), "")
