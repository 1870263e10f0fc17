"""Comparing two models by their weights: hashes and cosines, streamed, without running either model."""

from comparison.weights.compare import compare
from comparison.weights.manifest import Manifest, manifest

__all__ = ["Manifest", "compare", "manifest"]
