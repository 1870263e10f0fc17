"""Damage inside files that open well: no page goes into a bundle blank or without its picture in silence."""

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Name, ObjectStreamMode, Pdf, Stream

from bundles.pdf.build import build
from bundles.pdf.errors import SourceRefused
from bundles.pdf.sources import open_source
from tests.bench.bundle_pdfs import Sheet, drawn, spec_of

PACKED = zlib.compress(random.Random(1).randbytes(5000).hex().encode())  # noqa: S311 - content, not a secret


def with_content(path: Path, content: Callable[[Pdf], object]) -> Path:
    """Three pages, the second with this content."""
    with drawn([Sheet()] * 3) as pdf:
        pdf.pages[1].obj.Contents = content(pdf)
        pdf.save(path)
    return path


def flate(packed: bytes) -> Callable[[Pdf], object]:
    return lambda pdf: Stream(pdf, packed, Filter=Name.FlateDecode)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(flate(PACKED[: len(PACKED) // 3]), id="cut off"),
        pytest.param(flate(PACKED[:900] + b"\0\xff\0" + PACKED[903:]), id="bytes changed"),
        pytest.param(lambda pdf: Array([pdf.pages[1].obj.Contents, None]), id="a part is missing"),
        pytest.param(lambda pdf: Stream(pdf, b"9jq\xff\xfe9jq~>", Filter=Name.ASCII85Decode), id="no text"),
    ],
)
def test_content_that_cannot_be_read_names_its_page(content: Callable[[Pdf], object], tmp_path: Path) -> None:
    path = with_content(tmp_path / "damaged.pdf", content)
    with pytest.raises(SourceRefused, match="the content of page 2 cannot be read to its end") as refused:
        open_source(path)
    assert "Ask the sender" in refused.value.remedy
    open_source(path, pages=(1, 3)).pdf.close()


def test_content_without_its_checksum_is_whole(tmp_path: Path) -> None:
    open_source(with_content(tmp_path / "whole.pdf", flate(PACKED[:-4]))).pdf.close()


def test_a_page_that_is_missing_in_the_tree_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gap.pdf"
    with drawn([Sheet()] * 3) as pdf:
        pdf.save(path, object_stream_mode=ObjectStreamMode.disable)
    before, kids = path.read_bytes().split(b"/Kids [ ", 1)
    first, second, rest = kids.split(b" R ", 2)
    gap = b"null".ljust(len(second) + 2)
    path.write_bytes(before + b"/Kids [ " + first + b" R " + gap + b" " + rest)
    spec = spec_of([path], on_failure="placeholder")
    (entry,) = build(spec, tmp_path / "out.pdf").entries
    assert (entry.status, entry.reason) == ("placeholder", "damaged: page 2 is missing")
