"""The methods by name: what each needs, what it survives and what defeats it."""

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
PROBED_WEIGHTS = f"{WEIGHTS}, a probe, a reference population"
BEHAVIOUR = "long further training lowers it below that of strangers; like data raise it"
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
    _m("cka", "Likeness of representations", PROBED_WEIGHTS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation, distillation of logits",
       "ordinary likeness of models of like data; independent models are not at zero", LIKENESS),
    _m("reef", "Likeness of last-token representations", PROBED_WEIGHTS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation, distillation",
       "ordinary likeness of models of like data; independent models reach 0.84 and more", LIKENESS),
    _m("mutual-knn", "Shared nearest neighbours", PROBED_WEIGHTS, "weights",
       "fine-tuning, pruning, quantisation, permutation, rotation, distillation of logits",
       "ordinary likeness of models of like data", LIKENESS),
    _m("residual-logprob", "Correlation of residual log-probabilities",
       "log-probabilities of both models, a probe, a reference population", "logits",
       "rearrangement of weights, moderate fine-tuning, distillation of logits",
       "long further training; a population of another domain makes independent models alike", LIKENESS),
    _m("cross-likelihood", "Each model's likelihood of the other's text",
       "likelihoods, texts by several authors, a reference population", "logits",
       "rearrangement of weights, distillation of text",
       "heavy later training; a shared ancestor looks the same", LIKENESS),
    _m("logged-output", "Served outputs against fresh ones",
       "API logs, the claimant's model, likelihoods of the suspect", "logits",
       "whatever leaves a trace of the text in the suspect; rearrangement of weights",
       "training on other text than was logged; fresh answers drawn otherwise than the service did", ("H2",)),
    _m("palimpsest", "Trace of the order of training", "likelihoods of the suspect, the claimant's order",
       "logits", "rearrangement of weights, fine-tuning",
       "retraining; a public order of training looks the same", LIKENESS),
    _m("raw-attention", "Correlation of attention profiles", PROBED_WEIGHTS, "weights",
       "fine-tuning, permutation of heads, further training",
       "independent models of like data reach 0.98 to 0.99", LINEAGE),
    _m("agreement", "Agreement of answers", "answers of both models to a probe", "text",
       "rearrangement of weights, distillation of logits", BEHAVIOUR, LIKENESS),
    _m("same-wrong", "Agreement of wrong answers", "answers of both models to a probe", "text",
       "rearrangement of weights, distillation of logits", BEHAVIOUR, LIKENESS),
    _m("capa", "Agreement of answers beyond chance", "log-probabilities of both models' answers, a probe",
       "logits", "rearrangement of weights, distillation of logits", BEHAVIOUR, LIKENESS),
)  # fmt: skip
ONE_SIDED = frozenset(
    ("cka", "reef", "mutual-knn", "residual-logprob", "cross-likelihood", "raw-attention", "agreement",
     "same-wrong", "capa")
)  # fmt: skip
"""Methods of which a low value says nothing: a model retrained for long looks less alike than a stranger."""


def chosen(names: Sequence[str]) -> list[Method]:
    """The methods asked for, in the order of the list above; ``all`` is every method.

    Raises:
        MethodUnknown: naming those that there are not, with the list of those that there are.
    """
    available = {method.name: method for method in AVAILABLE}
    wanted = set(available) if "all" in names else set(names)
    wanted |= set(names) - {"all"}
    listed = f"Available: {', '.join(available)}."
    if not wanted:
        raise MethodUnknown("No method was asked for.", remedy=listed)
    if unknown := sorted(wanted - set(available)):
        raise MethodUnknown(f"{', '.join(unknown)}: not known.", remedy=listed)
    return [method for method in AVAILABLE if method.name in wanted]
