"""The names inside an OLE compound file, which tell a Word document from a workbook or a message."""

import struct
from pathlib import Path

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_MOST_SECTORS = 4096


def stream_names(path: Path) -> frozenset[str]:
    """The names of all streams and storages in a compound file; empty where its directory is damaged."""
    content = path.read_bytes()
    if not content.startswith(SIGNATURE) or len(content) < 512:
        return frozenset()
    size = 1 << min(struct.unpack_from("<H", content, 0x1E)[0], 16)
    table = _allocation(content, size)
    names: set[str] = set()
    sector = struct.unpack_from("<I", content, 0x30)[0]
    for _ in range(_MOST_SECTORS):
        if sector >= _LAST_SECTOR:
            break
        block = content[(sector + 1) * size : (sector + 2) * size]
        names.update(_names(block))
        if sector >= len(table):
            break
        sector = table[sector]
    return frozenset(names)


def _allocation(content: bytes, size: int) -> list[int]:
    """The chain of sectors, from the first 109 table sectors (enough for 6.8 MB at 512 bytes a sector)."""
    table: list[int] = []
    for sector in struct.unpack_from("<109I", content, 0x4C):
        if sector >= _LAST_SECTOR:
            break
        block = content[(sector + 1) * size : (sector + 2) * size]
        table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
    return table


def _names(block: bytes) -> set[str]:
    names = set()
    for offset in range(0, len(block) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", block, offset + 64)[0]
        if 2 < length <= 64:
            names.add(block[offset : offset + length - 2].decode("utf-16-le", "replace"))
    return names
