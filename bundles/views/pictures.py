"""Small pictures of pages, so that five hundred of them do not weigh as much as the pages."""

from io import BytesIO
from uuid import UUID

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
    sha256 = _hash(request, case_id, bundle_id, exhibit_id, number)
    small = BytesIO()
    with store().open(sha256) as whole, Image.open(whole) as picture:
        picture.thumbnail((WIDTH, HEIGHT))
        picture.convert("RGB").save(small, "WEBP", quality=70)
    answer = HttpResponse(small.getvalue(), content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, max_age=A_DAY)
    return answer
