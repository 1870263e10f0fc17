"""Files cut from a finished bundle: its volumes, and what is new since the court had it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pikepdf import Array, Pdf, String

from bundles.pdf.contents import BundleSpec
from bundles.pdf.merging import account, copied, set_pages
from bundles.pdf.navigation import add_navigation
from bundles.pdf.outlines import Bookmark, moved
from bundles.pdf.profile import Profile


def cut(
    whole: Path,
    out: Path,
    pages: Sequence[int],
    *,
    spec: BundleSpec,
    profile: Profile,
    title: str,
    bookmarks: list[Bookmark],
    numbers: Sequence[str],
) -> None:
    """These pages of the bundle stand in a file of their own at ``out``, under their own numbers.

    Links to pages that are not in it are taken out: what a row of an index leads to is then said in words.

    Args:
        whole: the finished bundle.
        out: where the file goes.
        pages: of the bundle, from 1, rising.
        spec: for the words of the title.
        profile: says at which size the file opens.
        title: what this file is, after the bundle's own title.
        bookmarks: their pages counted in the whole bundle.
        numbers: what is printed on each page of the whole bundle.
    """
    with Pdf.open(whole) as source, Pdf.new() as pdf:
        set_pages(pdf, copied(pdf, source, [page - 1 for page in pages]))
        account(pdf, len(pages))
        place = {page: nth for nth, page in enumerate(pages, 1)}
        add_navigation(
            pdf,
            replace(spec, title=f"{spec.title}, {title}"),
            profile,
            [found for mark in bookmarks if (found := moved(mark, place))],
            [numbers[page - 1] for page in pages],
        )
        identity = String(hashlib.sha256(bytes(source.trailer.ID[0]) + repr(pages).encode()).digest()[:16])
        pdf.trailer.ID = Array([identity, identity])
        pdf.save(out, static_id=True, compress_streams=False)
