"""Who, what, when and how much a text names: rules first, a statistical model after them."""

from evidence.entities.entity import Entity, EntityKind, Source
from evidence.entities.read import read

__all__ = ["Entity", "EntityKind", "Source", "read"]
