"""The methods by name: which run here, what each needs, what it survives and what defeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from comparison.evaluation.errors import MethodUnknown

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
        tells: the propositions that a value beyond chance supports, over independent training.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    access: Access
    survives: str
    defeated_by: str
    tells: tuple[str, ...]


def _m(
    name: str,
    title: str,
    needs: str,
    access: Access,
    survives: str = "",
    defeated_by: str = "",
    tells: tuple[str, ...] = (),
) -> Method:
    return Method(name, title, tuple(needs.split(", ")), access, survives, defeated_by, tells)


WEIGHTS = "weights of both models"
TOKENS = f"{WEIGHTS}, tokens that both know"
LINEAGE = ("H1", "H3'")
LIKENESS = ("H1", "H2", "H3'")
AVAILABLE = (
    _m("hashes", "Identical tensors, by SHA-256", WEIGHTS, "weights", "renaming of tensors",
       "further training, quantisation, permutation, rotation; a shared public ancestor looks the same",
       LINEAGE),
    _m("csu", "Independence test of neurons by their number", TOKENS, "weights",
       "fine-tuning, pruning, quantisation, noise, rotation of the stream",
       "permutation of neurons; a shared seed or ancestor looks the same", LINEAGE),
    _m("match", "Matched-neuron independence test, layer by layer", TOKENS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation, rescaling, dropped layers, upcycling",
       "distillation; families without a gate; a shared seed or ancestor looks the same", LINEAGE),
    _m("embedding-gram", "Geometry of the embeddings", TOKENS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation",
       "retrained embeddings, distillation of text; independent models are not at zero", LIKENESS),
    _m("awm", "Attention weights once the embeddings have matched the axes", TOKENS, "weights",
       "fine-tuning, pruning, quantisation, permutation of axes and heads",
       "a general rotation of the stream, distillation of text", LIKENESS),
    _m("huref", "Products of attention weights that no rearrangement changes", TOKENS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation, rescaled gains",
       "deliberate retraining, distillation of text", LIKENESS),
    _m("output-subspace", "Overlap of the output subspaces", TOKENS, "weights",
       "every change inside that leaves the output layer, fine-tuning, permutation, rotation",
       "a retrained output layer; independent models of like data overlap, too", LIKENESS),
    _m("raw-norm", "Cosine of norm gains", WEIGHTS, "weights", "fine-tuning",
       "permutation, long further training; independent models reach 0.998", LINEAGE),
    _m("raw-deviation", "Correlation of deviation profiles", WEIGHTS, "weights",
       "fine-tuning, permutation of neurons and heads",
       "long further training; depth and initialisation alone make profiles alike", LINEAGE),
    _m("raw-weights", "Cosine of each pair of tensors", WEIGHTS, "weights",
       "fine-tuning, pruning, quantisation and merging",
       "permutation and rotation of neurons; long further training; a shared seed or ancestor looks alike",
       LINEAGE),
)  # fmt: skip
PLANNED = (
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
