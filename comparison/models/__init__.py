"""The models in dispute, what they are measured against, and the comparisons made of them."""

from comparison.models.artefacts import ModelArtefact
from comparison.models.comparisons import Comparison

__all__ = ["Comparison", "ModelArtefact"]
