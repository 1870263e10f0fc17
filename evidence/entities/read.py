"""All named things of a text, one at each place."""

from collections.abc import Iterable, Iterator, Sequence

from evidence.entities.ai_models import find_ai_models
from evidence.entities.amounts import find_amounts
from evidence.entities.dates import find_dates
from evidence.entities.entity import Entity, EntityKind, Source
from evidence.entities.masks import blank, find_citations
from evidence.entities.names import find_names
from evidence.entities.people import find_people
from evidence.entities.statistical import find_unchecked
from search.query import neutral

MODEL_LIMIT = 200_000
_RANK = {
    kind: rank
    for rank, kind in enumerate((EntityKind.PARTY, EntityKind.COURT, EntityKind.MODEL, EntityKind.PERSON))
}


def read(
    text: str, *, known_parties: Sequence[str] = (), model_limit: int = MODEL_LIMIT
) -> tuple[Entity, ...]:
    """What the text names, in the order of the text; no two overlap; a citation is read whole.

    Args:
        text: any length; the rules read all of it.
        known_parties: names and other names of the matter's parties; the normal form of their mentions.
        model_limit: characters from the start that the statistical model reads too; 0 leaves it out.
    """
    cited = list(_cited(text))
    masked = blank(text, find_citations(text, [(entity.start, entity.end) for entity in cited]))
    ruled = _without_overlap((*cited, *_by_rule(masked, known_parties)))
    if model_limit <= 0:
        return ruled
    return _without_overlap((*ruled, *find_unchecked(masked, model_limit)))


def _cited(text: str) -> Iterator[Entity]:
    for mention in neutral.mentions(text):
        words = text[mention.start : mention.end]
        yield Entity(EntityKind.CITATION, words, mention.citation, mention.start, mention.end, Source.RULE)


def _by_rule(text: str, known_parties: Sequence[str]) -> Iterator[Entity]:
    yield from find_names(text, known_parties)
    yield from find_ai_models(text)
    yield from find_people(text)
    yield from find_amounts(text)
    for found in find_dates(text):
        words = text[found.start : found.end]
        yield Entity(EntityKind.DATE, words, found.iso, found.start, found.end, Source.RULE)


def _without_overlap(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """One entity per place: a rule before the model, then the longer, then the more telling kind."""
    kept: list[Entity] = []
    taken: set[int] = set()
    for entity in sorted(entities, key=_preference):
        place = range(entity.start, entity.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.start))


def _preference(entity: Entity) -> tuple[bool, int, int, int]:
    length = entity.end - entity.start
    return (entity.source is Source.MODEL, -length, _RANK.get(entity.kind, len(_RANK)), entity.start)
