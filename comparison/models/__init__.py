"""The models in dispute, what they are measured against, and the comparisons made of them."""

from comparison.models.artefacts import ModelArtefact
from comparison.models.comparisons import Comparison
from comparison.models.jobs import ComparisonJob, Run
from comparison.models.logs import LogAnalysis, LogRun
from comparison.models.populations import PopulationMember, ReferencePopulation, Stratum
from comparison.models.reports import ExpertReport
from comparison.models.signatures import SignedFile, SignerKey

__all__ = [
    "Comparison",
    "ComparisonJob",
    "ExpertReport",
    "LogAnalysis",
    "LogRun",
    "ModelArtefact",
    "PopulationMember",
    "ReferencePopulation",
    "Run",
    "SignedFile",
    "SignerKey",
    "Stratum",
]
