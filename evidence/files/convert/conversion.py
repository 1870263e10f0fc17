"""What a conversion gives back, and what every format's module takes and returns."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from evidence.files.limits import Limits


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that lay inside the converted one: its name as given there, and where it lies now."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Conversion:
    """A PDF made of an original.

    Attributes:
        pdf: the PDF.
        tool: the programs that made it, as a reader would cite them.
        version: their versions, in the order of ``tool``.
        notes: what the reader must know about how the PDF differs from the original.
        attachments: the files found inside, each to be taken in as a child of this one.
    """

    pdf: Path
    tool: str
    version: str
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One original to convert: where it lies, its name as received, an empty folder to work in, the caps."""

    source: Path
    name: str
    workdir: Path
    limits: Limits

    @property
    def pdf(self) -> Path:
        """Where the PDF is to be written."""
        return self.workdir / "converted.pdf"


def made_by(
    job: Job, *tools: str, notes: tuple[str, ...] = (), attachments: tuple[Attachment, ...] = ()
) -> Conversion:
    """The conversion whose PDF lies at ``job.pdf``, with the installed versions of the named packages."""
    versions = ", ".join(version(tool) for tool in tools)
    return Conversion(job.pdf, ", ".join(tools), versions, notes, attachments)
