"""What every model of a comparison gave on the same inputs; each is run once, and what it gave is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from comparison.evaluation import refusals
from comparison.evaluation.errors import ObservationInvalid, WorkerMissing
from comparison.evaluation.inputs import Exchange, Inputs, Texts
from comparison.evaluation.model import Model
from comparison.evaluation.observations import SUFFIX, Observed, read, write
from comparison.evaluation.progress import Steps
from comparison.evaluation.spec import REFERENCE, Member
from comparison.evaluation.storing import Store
from comparison.statistics.errors import MeasureRefused
from core.errors import AssizeError, InvalidInput, NotFound, Unavailable

if TYPE_CHECKING:
    from comparison.runner.session import Session

Part = Literal["probe", "logs", "authors", "training"]
MISSING: dict[Part, tuple[str, str]] = {
    "probe": (refusals.NO_PROBE, 'Write [probe] with tokens = "probe.npy" or text = "probe.txt".'),
    "logs": (refusals.NO_LOGS, 'Write [logs] with served = "served.jsonl".'),
    "authors": (refusals.NO_TEXTS,
                "Write [authors] with a file for reference and for others, or name a probe and independent "
                "models, which then write the texts."),
    "training": (refusals.NO_ORDER, 'Write [training] with order = "order.jsonl".'),
}  # fmt: skip
OTHER_AUTHORS = 3
"""Independent models that write texts beside the claimant's."""

REFUSALS = (InvalidInput, NotFound, Unavailable)
"""Why a model gave nothing; whoever stops the comparison stops all of it."""


def nothing_shown(part: Part) -> MeasureRefused:
    """The error that says which input a specification lacks."""
    message, remedy = MISSING[part]
    return MeasureRefused(message, remedy=remedy)


@dataclass(slots=True)
class Bench:
    """The models of one comparison side by side.

    Args:
        inputs: what they are shown.
        seed: of whatever is drawn.
        stratum: the suspect's; None where nobody said.
        reference: the claimant's model, its folder.
        members: of the population.
        models: every model by its folder.
        store: where what they gave is kept.
        steps: counts the work.
    """

    inputs: Inputs
    seed: int
    stratum: str | None
    reference: Path
    members: tuple[Member, ...]
    models: Mapping[Path, Model]
    store: Store = field(default_factory=Store)
    steps: Steps = field(default_factory=Steps)
    ran: dict[str, dict[str, Any]] = field(default_factory=dict)
    _found: dict[tuple[str, Part], Observed | AssizeError] = field(default_factory=dict)
    _drawn: dict[str, Any] = field(default_factory=dict)

    def of(self, model: Model, part: Part) -> Observed:
        """What the model gave on this part.

        Raises:
            MeasureRefused: the specification has no such input.
            WorkerMissing: models cannot be run here.
            AssizeError: why this model cannot be run.
        """
        if model.given:
            return model.given
        if not self.has(part):
            raise nothing_shown(part)
        key = (model.content_sha256, part)
        if key not in self._found:
            self.observe([model], [part])
        found = self._found[key]
        if isinstance(found, AssizeError):
            raise found
        return found

    def known(self, models: Mapping[str, Model], part: Part) -> list[Observed]:
        """What those of the models gave that could be run."""
        found = []
        for model in models.values():
            with suppress(*REFUSALS):
                found.append(self.of(model, part))
        return found

    def has(self, part: Part) -> bool:
        """Whether there is something of this part to be shown."""
        if part == "authors" and not self.inputs.authors:
            return self.inputs.probe is not None and len(self.authors()) > 1
        return bool(getattr(self.inputs, part))

    def observe(self, models: Iterable[Model], parts: Sequence[Part]) -> None:
        """Each model has been run on each part, once; what it gave, or why it gave nothing, is known."""
        models = [model for model in models if not model.given]
        for part in parts:
            if not self.has(part):
                continue
            try:
                self._shown(part)
            except REFUSALS as refusal:
                self._found |= {(model.content_sha256, part): refusal for model in models}
        for model in models:
            missing = [
                part for part in parts if self.has(part) and (model.content_sha256, part) not in self._found
            ]
            if missing:
                try:
                    self._observe(model, missing)
                except REFUSALS as refusal:
                    self._found |= {(model.content_sha256, part): refusal for part in missing}

    def _observe(self, model: Model, parts: Sequence[Part]) -> None:
        facts = _worker().facts(model.folder)
        self.ran[model.name] = facts
        files = {part: self._file(model, part, facts) for part in parts}
        for part, file in files.items():
            if file and file.is_file():
                with suppress(ObservationInvalid):  # damaged: it is made again
                    self._found[model.content_sha256, part] = _slim(read(file))
        missing = [part for part in parts if (model.content_sha256, part) not in self._found]
        if not missing:
            return
        self.steps.begin(f"loading {model.name}")
        with _worker().loaded(model.folder) as session:
            for part in missing:
                self.steps.begin(f"{part}, {model.name}")
                try:
                    found = _run(session, part, self._shown(part)[1], self)
                except REFUSALS as refusal:
                    self._found[model.content_sha256, part] = refusal
                    continue
                if file := files[part]:
                    write(replace(found, source=facts), file)
                self._found[model.content_sha256, part] = _slim(found)

    def _file(self, model: Model, part: Part, facts: Mapping[str, Any]) -> Path | None:
        key = self.store.key([part, model.content_sha256, self._shown(part)[0], self.seed, facts])
        return self.store.file(key, SUFFIX)

    def _shown(self, part: Part) -> tuple[object, Any]:
        """The hash of what is shown, and what is."""
        if part == "probe" and self.inputs.probe:
            return self.inputs.probe.sha256, self.inputs.probe
        if part == "training" and self.inputs.training:
            return self.inputs.training.sha256, self.inputs.training.exchanges
        if part == "logs" and self.inputs.logs:
            fresh = self.fresh()
            return [self.inputs.logs.sha256, Store().key([fresh])], fresh
        texts = self.texts()
        return [[name, one.sha256] for name, one in texts.items()], texts

    def authors(self) -> dict[str, Model]:
        """The claimant's model and some independent ones, by lineage, where texts are not given."""
        others = {m.lineage: self.models[m.model] for m in self.members if m.derived_from is None}
        chosen = list(others)[: min(OTHER_AUTHORS, max(len(others) - 2, 0))]
        return {REFERENCE: self.models[self.reference], **{name: others[name] for name in chosen}}

    def fresh(self) -> Any:
        """Answers drawn afresh to each logged prompt, as the log has them: in words or as tokens."""
        logs = self.inputs.logs
        if logs is None or logs.fresh:
            return [list(answers) for answers in logs.fresh] if logs else []
        teacher = self.models[self.reference]

        def draw() -> Any:
            self.steps.begin(f"drawing answers, {teacher.name}")
            with _worker().loaded(teacher.folder) as session:
                return session.fresh(logs, self.seed)

        return self._once("fresh", logs.sha256, [teacher], draw)

    def texts(self) -> Mapping[str, Texts]:
        """Texts by author, the claimant's under ``reference``."""
        probe = self.inputs.probe
        if self.inputs.authors or probe is None:
            return self.inputs.authors
        authors = self.authors()

        def written_by(model: Model) -> Any:
            self.steps.begin(f"writing texts, {model.name}")
            with _worker().loaded(model.folder) as session:
                return session.continuations(probe, self.seed)

        def write_all() -> Any:
            return {name: written_by(model) for name, model in authors.items()}

        written = self._once("texts", probe.sha256, list(authors.values()), write_all)
        return {
            name: Texts(tuple(Exchange(_text(p), _text(o)) for p, o in rows), (), Store().key([rows]))
            for name, rows in written.items()
        }

    def _once(self, what: str, sha256: str, writers: Sequence[Model], compute: Callable[[], Any]) -> Any:
        """What models wrote, from the folder where it is there."""
        if what not in self._drawn:
            made_by = [[model.content_sha256, _worker().facts(model.folder)] for model in writers]
            self._drawn[what] = self.store.value([what, self.seed, sha256, made_by], compute)
        return self._drawn[what]

    def others(self, *pair: Model) -> dict[str, Model]:
        """One independent model of each lineage to which none of these belongs, of the suspect's stratum."""
        taken = {one.content_sha256 for one in pair}
        kin = {m.lineage for m in self.members if self.models[m.model].content_sha256 in taken}
        return {
            m.lineage: self.models[m.model]
            for m in reversed(self.members)
            if m.derived_from is None and m.lineage not in kin and self.stratum in (None, m.stratum)
        }


def _text(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _slim(observed: Observed) -> Observed:
    """Without what only a model that has no weights is compared by: it is large."""
    return replace(observed, rows=None, columns=None)


def _worker() -> ModuleType:
    """The room that runs models; raises ``WorkerMissing``."""
    try:
        from comparison.runner import session
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "transformers", "tokenizers"):
            raise
        raise WorkerMissing from error
    return session


def _run(session: "Session", part: Part, shown: Any, bench: Bench) -> Observed:
    """What the model gives on this part."""
    if part == "probe":
        return session.probe(shown, bench.seed)
    if part == "training":
        return Observed(training=session.score(shown))
    if part == "authors":
        fewest = min(len(one.exchanges) for one in shown.values())
        rows = [exchange for one in shown.values() for exchange in one.exchanges[:fewest]]
        return Observed(authors=session.score(rows).reshape(len(shown), fewest))
    served = bench.inputs.logs.served if bench.inputs.logs else ()
    fewest = min(len(answers) for answers in shown)
    drawn = [
        Exchange(one.prompt, _text(answer))
        for one, answers in zip(served, shown, strict=True)
        for answer in answers[:fewest]
    ]
    scores = session.score([*served, *drawn])
    return Observed(served=scores[: len(served)], fresh=scores[len(served) :].reshape(len(served), fewest))
