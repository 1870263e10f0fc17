"""How large a file may be, and how much one conversion may use, before Assize refuses it."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps of one conversion.

    Attributes:
        source_bytes: largest original that is converted, in bytes.
        unpacked_bytes: largest sum of the parts inside an Office file once unpacked, in bytes.
        text_characters: longest text that is set as pages, in characters.
        cells: most cells of a spreadsheet or CSV file that are set as tables.
        pages: most pages of a PDF or multi-page image.
        attachments: most attachments taken out of one e-mail or PDF.
        messages: most messages taken out of one mailbox.
        pixels: most pixels of one image, and of one rendered page.
        seconds: wall-clock time of one conversion.
        ocr_seconds_per_page: wall-clock time of OCR for each page asked for.
        memory_bytes: address space of the converter's process.
        output_bytes: largest single file that a converter may write.
    """

    source_bytes: int = 512 * MIB
    unpacked_bytes: int = 512 * MIB
    text_characters: int = 2_000_000
    cells: int = 60_000
    pages: int = 10_000
    attachments: int = 500
    messages: int = 2_000
    pixels: int = 120_000_000
    seconds: float = 180.0
    ocr_seconds_per_page: float = 120.0
    memory_bytes: int = 3072 * MIB
    output_bytes: int = 2048 * MIB


DEFAULT = Limits()
