"""Files found inside another file, saved for intake as its children."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from core.errors import NotConverted
from evidence.files.convert.conversion import Attachment, Job


def save_attachments(
    job: Job, found: Iterable[tuple[str, bytes]], *, most: int | None = None
) -> tuple[Attachment, ...]:
    """Each enclosed file lies in the work folder under a number; its own name is kept beside it.

    Args:
        job: the file that encloses them.
        found: names and contents.
        most: how many may be saved, where that is not ``limits.attachments``.

    Raises:
        NotConverted: there are more than the limit, in number or in bytes.
    """
    folder = job.workdir / "attachments"
    saved: list[Attachment] = []
    size, most = 0, job.limits.attachments if most is None else most
    for name, content in found:
        size += len(content)
        if len(saved) >= most or size > job.limits.unpacked_bytes:
            raise NotConverted(
                f"The file encloses more than {most:,} files or too many bytes.",
                reason="too-large",
                remedy="Send the enclosed files separately.",
            )
        folder.mkdir(exist_ok=True)
        # The number alone names the file on disk: a name from outside could leave the folder.
        path = folder / f"{len(saved) + 1:04d}"
        path.write_bytes(content)
        saved.append(Attachment(plain_name(name) or f"attachment-{len(saved) + 1}", path))
    return tuple(saved)


def plain_name(name: str) -> str:
    """The last part of a file name, without folders or control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable()).strip()[:200]
