"""Reads that more than one caller needs."""

from django.db.models import Q, QuerySet

from cases.models import Case
from comparison.evaluation.methods import AVAILABLE, PLANNED, Access, Method
from comparison.models import Comparison, ModelArtefact

REACH: dict[Access, tuple[Access, ...]] = {
    "weights": ("weights", "logits", "text"),
    "logits": ("logits", "text"),
    "text": ("text",),
}
"""Access that includes others: whoever has the weights can compute log-probabilities and texts."""
ALLOWS = {
    "weights": "Weights are held: identical tensors are compared here, independence tests and geometry from "
    "the command line; likelihoods and answers later, with the evaluation worker.",
    "logits": "Log-probabilities can be asked for, weights cannot: output and likelihood methods only, which "
    "need the evaluation worker.",
    "text": "Only text comes back: agreement of answers, and nothing that says how the weights came about. "
    "It needs the evaluation worker.",
}
UNREACHABLE = "There is no manifest: the weights are not within reach, so there is nothing to hash."
NO_MANIFEST = {
    "weights": "No manifest of the weights has been taken yet, so this model cannot be compared.",
    "logits": UNREACHABLE,
    "text": UNREACHABLE,
}


def artefacts(case: Case) -> QuerySet[ModelArtefact]:
    """The matter's models, without the weight of their manifests."""
    return case.model_artefacts.select_related("holder").defer("manifest")


def comparable(case: Case) -> QuerySet[ModelArtefact]:
    """Those whose weights have a manifest."""
    return artefacts(case).exclude(manifest_sha256="")


def comparisons(case: Case) -> QuerySet[Comparison]:
    """The matter's comparisons, latest first, without their tables of tensors."""
    rows = case.comparisons.select_related("reference", "suspect")
    return rows.defer("detail", "reference__manifest", "suspect__manifest").order_by("-made_at")


def comparisons_of(artefact: ModelArtefact) -> QuerySet[Comparison]:
    """The comparisons in which a model stands on either side, latest first."""
    return comparisons(artefact.case).filter(Q(reference=artefact) | Q(suspect=artefact))


def not_run(ran: list[str]) -> list[Method]:
    """Every method that a comparison did not run, those installed first."""
    return [method for method in (*AVAILABLE, *PLANNED) if method.name not in ran]
