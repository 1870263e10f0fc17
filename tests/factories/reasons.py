"""Reasons for which a method gives no value, their holes filled."""

from hypothesis import strategies as st

from comparison.evaluation import refusals
from comparison.evaluation.sentences import HOLE


def filled(reason: str, **otherwise: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """The reason as it stands among caveats, with figures or words of its lists in its holes.

    Args:
        reason: with its holes.
        otherwise: by the name of a hole, what is to stand there instead.
    """
    holes: dict[str, st.SearchStrategy[object]] = {
        name: st.sampled_from(refusals.LISTS[name]) if name in refusals.LISTS else st.integers(0, 10**9)
        for name in HOLE.findall(reason)
    }
    said = st.fixed_dictionaries(holes | otherwise).map(lambda found: reason.format(**found))
    return said.map(refusals.because)


REASONS = st.sampled_from(refusals.reasons()).flatmap(filled)
