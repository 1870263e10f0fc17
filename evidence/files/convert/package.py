"""The zip package of an Office file, opened only when its unpacked size is bearable."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import NotConverted
from evidence.files.convert.conversion import Job


@contextmanager
def open_package(job: Job) -> Iterator[zipfile.ZipFile]:
    """The package, open for reading.

    Raises:
        NotConverted: it is damaged, locked, or unpacks to more than the limit.
    """
    try:
        with zipfile.ZipFile(job.source) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > job.limits.unpacked_bytes:
                raise NotConverted(
                    "The Office file unpacks to more than is allowed.",
                    reason="too-large",
                    remedy="Send a PDF of it, or the parts that matter.",
                )
            if any(member.flag_bits & 1 for member in members):
                raise NotConverted(
                    "The Office file is locked with a password.",
                    reason="encrypted",
                    remedy="Ask the sender for a copy without a password.",
                )
            yield archive
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise NotConverted(
            "The Office file is broken: a part of it is missing or damaged.",
            reason="broken",
            remedy="Ask the sender for the file again, or for a PDF of it.",
        ) from error
