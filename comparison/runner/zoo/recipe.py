"""Which models the zoo holds, and how each comes about."""

from dataclasses import dataclass, field

STEPS, BATCH, LENGTH = 250, 16, 32
"""Of a training from scratch: steps, texts in each, words in a text."""
FEW = 100
"""Steps of fine-tuning."""
RATE, GENTLE = 3e-3, 1e-3
CLAIMANT = "claimant"
SAME_ORDER = "same order, other seed"
HARVESTER, OTHERS = "harvester", "others"
"""Accounts in the logs: whose student learnt from what it was served, and all others."""
INDEPENDENT = 13


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a model: each head has ``width / heads`` axes."""

    width: int = 64
    layers: int = 3
    neurons: int = 128
    heads: int = 4
    key_heads: int = 2

    @property
    def size(self) -> int:
        """Axes of a head."""
        return self.width // self.heads


@dataclass(frozen=True, slots=True)
class Training:
    """What a model learns.

    Args:
        corpus: name of the texts; ``served by NAME`` are the answers of that model.
        order: name of the order in which they come; equal names give equal orders.
        start: name of the random weights it starts from, where it has no parent.
        shape: likewise.
        steps: how many.
        rate: of learning.
        teacher: the model whose chances it learns instead of the words themselves.
    """

    corpus: str
    order: str
    start: str = ""
    shape: Shape = Shape()
    steps: int = STEPS
    rate: float = RATE
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One model of the zoo.

    Args:
        name: also of its folder.
        kind: how it stands to the claimant's model, in a word or two.
        stratum: the same in the words of a reference population.
        parents: the models from whose weights it was made; none for one that started afresh.
        changes: what is done to the parent's weights, in order.
        training: what it learns after that; None for nothing.
    """

    name: str
    kind: str
    stratum: str = "same-data"
    parents: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    training: Training | None = field(default=None)

    @property
    def needs(self) -> set[str]:
        """The models that must be there before it."""
        learnt = self.training
        served = learnt.corpus.removeprefix(SERVED) if learnt and learnt.corpus.startswith(SERVED) else ""
        return {*self.parents, served, learnt.teacher if learnt else ""} - {""}


SERVED = "served by "


def _fresh(name: str, kind: str, stratum: str = "same-data", **how: object) -> Recipe:
    training = {"corpus": "general", "order": name, "start": name} | how
    return Recipe(name, kind, stratum, training=Training(**training))  # type: ignore[arg-type]


def _tuned(name: str, kind: str, corpus: str, parent: str = CLAIMANT, **how: object) -> Recipe:
    training = {"corpus": corpus, "order": name, "steps": FEW, "rate": GENTLE} | how
    return Recipe(name, kind, parents=(parent,), training=Training(**training))  # type: ignore[arg-type]


def _changed(name: str, *changes: str, of: str = CLAIMANT) -> Recipe:
    return Recipe(name, name, parents=(of,), changes=changes or (name,))


RECIPES: tuple[Recipe, ...] = (
    _fresh(CLAIMANT, "claimant"),
    *(_fresh(f"independent-{n:02}", "independent") for n in range(1, INDEPENDENT + 1)),
    _fresh("same-order", SAME_ORDER, order=CLAIMANT),
    *(_fresh(f"same-seed-{n}", "same seed, other order", "same-seed", start=CLAIMANT) for n in (1, 2, 3)),
    *(_fresh(f"other-data-{n}", "other data", "same-domain", corpus=f"general {n}") for n in (1, 2, 3)),
    *(_fresh(f"other-domain-{n}", "other domain", "other-domain", corpus="other") for n in (1, 2, 3)),
    *(_fresh(f"niche-{n}", "niche", "other-domain", corpus="niche") for n in (1, 2)),
    _fresh("wider", "other width", "other-architecture", shape=Shape(width=80)),
    _fresh("deeper", "other depth", "other-architecture", shape=Shape(layers=4)),
    _fresh("logit-student", "distilled from logits", corpus="general 4", teacher=CLAIMANT),
    _fresh("text-student", "distilled from text", corpus=SERVED + CLAIMANT),
    _fresh("text-student-of-another", "distilled from another's text", corpus=SERVED + "independent-01"),
    _tuned("continued", "continued", "other", steps=STEPS, rate=RATE),
    _tuned("fine-tuned-1", "fine-tuned", "other"),
    _tuned("fine-tuned-2", "fine-tuned", "niche"),
    _tuned("fine-tuned-3", "fine-tuned", "general 5"),
    _tuned("wrong-parent", "made from another", "other", "independent-01"),
    Recipe("upcycled", "upcycled", parents=(CLAIMANT,), changes=("upcycled",),
           training=Training("general 5", "upcycled", steps=FEW // 2, rate=GENTLE)),
    Recipe("merged", "merged", parents=("fine-tuned-1", "fine-tuned-3"), changes=("merged",)),
    *(_changed(name) for name in ("pruned", "quantised", "noised", "permuted", "rotated", "rescaled")),
    _changed("layer-dropped"),
    _changed("continued-permuted", "permuted", of="continued"),
    _changed("continued-rotated", "rotated", of="continued"),
    _changed("disguised", "permuted", "rescaled", "rotated", "noised", of="fine-tuned-2"),
)  # fmt: skip
