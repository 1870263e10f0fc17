"""A model's files, read without running it: hashes, layouts and tensors, streamed."""

from comparison.weights.manifest import Manifest, manifest

__all__ = ["Manifest", "manifest"]
