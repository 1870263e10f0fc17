"""Which methods a pair of models allows, by what can be reached of each, and what each would tell."""

from dataclasses import dataclass
from importlib.util import find_spec

from comparison.evaluation.bench import Part
from comparison.evaluation.measures import FROM_OBSERVATIONS
from comparison.evaluation.methods import AVAILABLE, Method
from comparison.models import ComparisonJob, ModelArtefact
from comparison.selectors import REACH

BEARS_ON = {
    ComparisonJob.Question.WEIGHTS: ("H1",),
    ComparisonJob.Question.OUTPUTS: ("H2",),
    ComparisonJob.Question.BOTH: ("H1", "H2"),
}
OUT_OF_REACH = "Needs {access} of both models; of {model} there is less."
REACHED = {"weights": "the weights", "logits": "log-probabilities", "text": "answers"}
BY_SPECIFICATION = (
    "Needs the claimant's order of training, which only a specification names: it runs from the command line."
)
SHOWN: dict[Part, str] = {"probe": "probe", "authors": "probe", "logs": "served"}
"""The field of a draft that names what models are shown."""
NO_MANIFEST = "{model} has no manifest of its weights yet."
NO_WORKER = (
    "The evaluation worker is not installed on this machine. Methods that read weights run without it; for "
    "the others whoever keeps the machine adds it with “make setup WORKER=1”."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A method for two models: whether it can be chosen, and why not where it cannot."""

    method: Method
    bears: bool
    why_not: str = ""

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
        Offer(method, bool({*method.tells} & {*asked}), _in_the_way(method, sides)) for method in AVAILABLE
    ]


def proposed(job: ComparisonJob) -> list[str]:
    """Names of the methods that are possible and lack nothing."""
    possible = [offer.method.name for offer in offers(job) if offer.possible]
    return [name for name in possible if not lacking(job, name)]


def lacking(job: ComparisonJob, method: str) -> str:
    """The draft's field without which the method gives no value; empty where it lacks none."""
    field = SHOWN.get(FROM_OBSERVATIONS[method], "") if method in FROM_OBSERVATIONS else ""
    return field if field and getattr(job, field) is None else ""


def _in_the_way(method: Method, sides: tuple[ModelArtefact, ...]) -> str:
    if FROM_OBSERVATIONS.get(method.name, "probe") not in SHOWN:
        return BY_SPECIFICATION
    for model in sides:
        if method.access not in REACH[model.access]:  # type: ignore[index]
            return OUT_OF_REACH.format(access=REACHED[method.access], model=model.label)
    return next((NO_MANIFEST.format(model=m.label) for m in sides if not m.manifest_sha256), "")
