"""The methods by name: which run here, what each needs, what it survives and what defeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from comparison.weights.errors import MethodUnknown

Access = Literal["weights", "logits", "text"]


@dataclass(frozen=True, slots=True)
class Method:
    """A way of comparing two models.

    Args:
        name: as specifications and results give it.
        title: in words.
        needs: what it is computed from.
        access: the least access to both models with which it can be done.
        survives: changes to a model after which it still tells.
        defeated_by: changes after which it does not, and what else looks the same.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    access: Access
    survives: str
    defeated_by: str


def _m(
    name: str, title: str, needs: str, access: Access, survives: str = "", defeated_by: str = ""
) -> Method:
    return Method(name, title, tuple(needs.split(", ")), access, survives, defeated_by)


WEIGHTS = "weights of both models"
AVAILABLE = (
    _m("hashes", "Identical tensors, by SHA-256", WEIGHTS, "weights", "renaming of tensors",
       "further training, quantisation, permutation, rotation; a shared public ancestor looks the same"),
    _m("raw-weights", "Cosine of each pair of tensors", WEIGHTS, "weights",
       "fine-tuning, pruning, quantisation and merging",
       "permutation and rotation of neurons; long further training; a shared seed or ancestor looks alike"),
)  # fmt: skip
PLANNED = (
    _m("csu", "Independence test on aligned activations", f"{WEIGHTS}, probe texts", "weights"),
    _m("match", "Matched-neuron independence test, layer by layer", f"{WEIGHTS}, probe texts", "weights"),
    _m("embedding-gram", "Geometry of the embeddings", WEIGHTS, "weights"),
    _m("awm", "Assignment and alignment of the embeddings", WEIGHTS, "weights"),
    _m("huref", "Invariants of the attention weights", WEIGHTS, "weights"),
    _m("output-subspace", "Overlap of the output subspaces",
       "log-probabilities, a reference population", "logits"),
    _m("cka", "Likeness of representations", "activations, a reference population", "weights"),
    _m("reef", "Likeness of last-token representations", "activations, a reference population", "weights"),
    _m("mutual-knn", "Shared nearest neighbours", "activations, a reference population", "weights"),
    _m("residual-logprob", "Correlation of residual log-probabilities",
       "log-probabilities, a reference population", "logits"),
    _m("cross-likelihood", "Each model's likelihood of the other's text",
       "likelihoods, a reference population", "logits"),
    _m("logged-output", "Served outputs against fresh ones", "API logs, the teacher, likelihoods", "logits"),
    _m("palimpsest", "Trace of the order of training", "likelihoods, the claimant's order", "logits"),
    _m("raw-attention", "Correlation of attention profiles", "activations", "weights"),
    _m("raw-norm", "Cosine of norm gains", WEIGHTS, "weights"),
    _m("raw-deviation", "Correlation of deviation profiles", WEIGHTS, "weights"),
    _m("agreement", "Agreement of answers", "answers to the same questions", "text"),
    _m("same-wrong", "Agreement of wrong answers", "answers to the same questions", "text"),
    _m("capa", "Agreement of answers beyond chance", "log-probabilities of answers", "logits"),
)  # fmt: skip


def chosen(names: Sequence[str]) -> list[Method]:
    """The methods asked for, in the order of the list above; ``all`` is every method that runs here.

    Raises:
        MethodUnknown: naming those that do not run here, with the lists of those that do and those planned.
    """
    available = {method.name: method for method in AVAILABLE}
    planned = [method.name for method in PLANNED]
    wanted = set(available) if "all" in names else set(names)
    wanted |= set(names) - {"all"}
    lists = f"Available: {', '.join(available)}. Planned, with the evaluation worker: {', '.join(planned)}."
    if not wanted:
        raise MethodUnknown("No method was asked for.", remedy=lists)
    if unknown := sorted(wanted - set(available)):
        later = "not installed yet" if set(unknown) <= set(planned) else "not known"
        raise MethodUnknown(f"{', '.join(unknown)}: {later}.", remedy=lists)
    return [method for method in AVAILABLE if method.name in wanted]
