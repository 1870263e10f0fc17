"""The stored files themselves: an original only to be saved, a PDF or a page's picture also to be seen."""

from uuid import UUID

from csp.decorators import csp_exempt
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core.errors import NotFound
from evidence import access
from evidence.models import Exhibit, Rendition
from evidence.selectors import best_pdf
from evidence.storage import store

AN_HOUR = 3600


@require_safe
def original(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> FileResponse | HttpResponse:
    """The file as it was received, to be saved; never shown by the browser, whatever it claims to be."""
    exhibit = access.in_matter(request.user, case_id, exhibit_id)
    return _file(request, exhibit.sha256, exhibit.original_name, "application/octet-stream", attach=True)


# Browsers refuse to show a PDF under the policy of the pages, and there is no page in this answer.
@csp_exempt()  # type: ignore[arg-type]
@require_safe
def pdf(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> FileResponse | HttpResponse:
    """The PDF made of the exhibit, with recognised text where there is one; ``?save`` saves it."""
    exhibit = access.in_matter(request.user, case_id, exhibit_id)
    try:
        rendition = best_pdf(exhibit)
    except Rendition.DoesNotExist as error:
        raise NotFound("There is no PDF of this exhibit.") from error
    return _file(
        request, rendition.sha256, _pdf_name(exhibit), "application/pdf", attach="save" in request.GET
    )


@require_safe
def image(request: HttpRequest, case_id: UUID, exhibit_id: UUID, number: int) -> FileResponse | HttpResponse:
    """The picture of one page."""
    exhibit = access.in_matter(request.user, case_id, exhibit_id)
    page = exhibit.pages.filter(number=number).exclude(image_sha256="").only("image_sha256").first()
    if page is None:
        raise NotFound("There is no picture of this page.")
    name = f"exhibit-{exhibit.number}-page-{number}.webp"
    return _file(request, page.image_sha256, name, "image/webp", attach=False)


def _pdf_name(exhibit: Exhibit) -> str:
    return f"{exhibit.mark or f'exhibit {exhibit.number}'} {exhibit.title}"[:120].replace("/", "-") + ".pdf"


def _file(
    request: HttpRequest, sha256: str, name: str, media_type: str, *, attach: bool
) -> FileResponse | HttpResponse:
    tag = f'"{sha256}"'
    answer: FileResponse | HttpResponse
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponseNotModified()
    else:
        plain = "".join(character for character in name if character.isprintable())
        answer = FileResponse(
            store().open(sha256), as_attachment=attach, filename=plain, content_type=media_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = tag
    patch_cache_control(answer, private=True, max_age=AN_HOUR)
    return answer
