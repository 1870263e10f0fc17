"""Which tensor of a model's folder is which part of the model, whatever its family calls it."""

from comparison.weights.layouts.parts import ROLES, Layer, Mlp, Part, Parts
from comparison.weights.layouts.place import parts_of

__all__ = ["ROLES", "Layer", "Mlp", "Part", "Parts", "parts_of"]
