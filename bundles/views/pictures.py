"""Small pictures of pages, so that five hundred of them do not weigh as much as the pages."""

from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe
from PIL import Image

from core.errors import NotFound
from evidence import access
from evidence.storage import store

WIDTH, HEIGHT = 240, 340
"""The box in pixels: twice what is shown, for sharp screens."""
A_DAY = 24 * 60 * 60


def _hash(request: HttpRequest, case_id: UUID, bundle_id: UUID, exhibit_id: UUID, number: int) -> str:
    exhibit = access.in_matter(request.user, case_id, exhibit_id)
    page = exhibit.pages.filter(number=number).exclude(image_sha256="").only("image_sha256").first()
    if page is None:
        raise NotFound("There is no picture of this page.")
    return page.image_sha256


def _tag(request: HttpRequest, case_id: UUID, bundle_id: UUID, exhibit_id: UUID, number: int) -> str:
    return f'"{_hash(request, case_id, bundle_id, exhibit_id, number)}-{WIDTH}"'


@require_safe
@condition(etag_func=_tag)
def thumbnail(
    request: HttpRequest, case_id: UUID, bundle_id: UUID, exhibit_id: UUID, number: int
) -> HttpResponse:
    """The page's picture made small."""
    small = _small(_hash(request, case_id, bundle_id, exhibit_id, number))
    answer = HttpResponse(small, content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, max_age=A_DAY)
    return answer


def _small(sha256: str) -> bytes:
    """The picture made small, kept under ``ASSIZE_VAR``, whose folder may be emptied at any time."""
    kept: Path = settings.VAR / "thumbnails" / sha256[:2] / f"{sha256}-{WIDTH}.webp"
    if kept.exists():
        return kept.read_bytes()
    made = BytesIO()
    with store().open(sha256) as whole, Image.open(whole) as picture:
        picture.thumbnail((WIDTH, HEIGHT))
        picture.convert("RGB").save(made, "WEBP", quality=70)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{uuid4().hex}")
    part.write_bytes(made.getvalue())
    part.replace(kept)
    return made.getvalue()
