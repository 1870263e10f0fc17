"""HTML set as A4 pages by WeasyPrint, which may fetch nothing but images that lie in the file itself."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"})
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=.-]+)*),(.*)", re.S)
_STYLE = files(__package__).joinpath("print.css")


class Refused(ValueError):
    """The page asked for something that is not part of the file."""


class EnclosedImages(URLFetcher):  # type: ignore[misc]
    """Gives ``data:`` images and the ``cid:`` images of the same message; refuses and lists all else.

    Args:
        images: content type and bytes by content id.
    """

    def __init__(self, images: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=frozenset())
        self.images = images
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The image behind the address.

        Raises:
            Refused: the address leads outside the file, or to something that is not an image.
        """
        found = self._enclosed(url)
        if found is None or found[0] not in _IMAGES:
            self.refused.append(url)
            raise Refused(f"not part of the file: {url[:120]}")
        return URLFetcherResponse(url, body=found[1], headers={"Content-Type": found[0]})

    def _enclosed(self, url: str) -> tuple[str, bytes] | None:
        if url.lower().startswith("cid:"):
            return self.images.get(unquote(url[4:]))
        match = _DATA.fullmatch(url)
        if not match:
            return None
        body = unquote_to_bytes(match[3])
        if ";base64" in match[2]:
            try:
                body = base64.b64decode(body)
            except binascii.Error:
                return None
        return match[1].lower(), body


def print_pages(
    html: str, target: Path, *, title: str, images: Mapping[str, tuple[str, bytes]] | None = None
) -> list[str]:
    """The HTML body stands as A4 pages in the target PDF, the same bytes for the same input.

    Args:
        html: a body that has been sanitised or that Assize wrote itself.
        target: the PDF to write.
        title: the document's title, escaped by the caller.
        images: content type and bytes by content id, for ``cid:`` addresses.

    Returns:
        The addresses that were refused.
    """
    fetcher = EnclosedImages(images or {})
    page = f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{html}</body></html>'
    HTML(string=page, url_fetcher=fetcher).write_pdf(
        target,
        stylesheets=[CSS(string=_STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher)],
        pdf_identifier=hashlib.sha256(page.encode("utf-8", "replace")).hexdigest()[:32].encode(),
    )
    return fetcher.refused


def refusals(addresses: list[str]) -> tuple[str, ...]:
    """One note for each address that was not loaded, the first twenty named and the rest counted."""
    unique = list(dict.fromkeys(addresses))
    notes = [f"Not loaded, because it is not part of the file: {_short(address)}" for address in unique[:20]]
    if len(unique) > 20:
        notes.append(f"Not loaded, because they are not part of the file: {len(unique) - 20} more addresses.")
    return tuple(notes)


def _short(address: str) -> str:
    return address if len(address) <= 160 else address[:157] + "…"
