"""Uploads go to disk as they arrive, and are refused at the limit rather than after it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from core.errors import AssizeError, InvalidInput, NotAllowed, TooLarge

FORM_FIELDS = 1024 * 1024
BLOCK = 64 * 1024


def _too_large() -> TooLarge:
    most = settings.MAX_UPLOAD_BYTES / 1024 / 1024
    return TooLarge(
        f"What you sent is larger than the {most:,.0f} MB that are taken at once.",
        remedy="Send fewer files at a time, split the largest, or ask the administrator to raise the limit.",
    )


class CappedUpload(TemporaryFileUploadHandler):
    """At most ``MAX_UPLOAD_BYTES`` of one request's files, all together, reach the disk.

    Nothing reaches it from somebody who is not signed in. Raises TooLarge or NotAllowed while the
    request is read, before its view runs.
    """

    request: HttpRequest

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """A request that announces too much is refused before its first file is read."""
        self.received = 0
        self.spooled: list[TemporaryUploadedFile] = []
        if content_length > settings.MAX_UPLOAD_BYTES + FORM_FIELDS:
            raise _too_large()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A temporary file stands open for a signed-in person's upload."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise NotAllowed("Files are taken from signed-in people only.", remedy="Sign in and send again.")
        super().new_file(*args, **kwargs)
        self.spooled.append(self.file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The piece is on disk; one that would pass the limit takes away all that this request brought."""
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES:
            self.file.close()
            raise _too_large()
        super().receive_data_chunk(raw_data, start)


def read_form(request: HttpRequest) -> AssizeError | None:
    """The request's form and files have been read, or the answer says why they are not taken.

    What is still on its way after a refusal is read and thrown away, up to the limit once more: a
    browser shows an answer only when it has sent everything.
    """
    try:
        _ = request.POST
    except AssizeError as error:
        _discard(request)
        return error
    except (TooManyFilesSent, TooManyFieldsSent) as error:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        what = f"{most} files" if isinstance(error, TooManyFilesSent) else "the fields a form may have"
        _discard(request)
        return TooLarge(f"You sent more than {what} at once.", remedy="Send them in several parts.")
    except RequestDataTooBig:
        _discard(request)
        return TooLarge("The text of the form is too long.", remedy="Send long texts as files.")
    except MultiPartParserError:
        return InvalidInput("The form arrived damaged.", remedy="Reload the page and send it again.")
    return None


def _discard(request: HttpRequest) -> None:
    left = settings.MAX_UPLOAD_BYTES if request.user.is_authenticated else 0
    while left > 0 and (block := request.read(min(BLOCK, left))):
        left -= len(block)
