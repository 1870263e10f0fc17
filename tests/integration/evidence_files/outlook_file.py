"""Writes Outlook messages for the tests: a compound file with the properties of MS-OXMSG."""

import struct
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass
class Item:
    """A message, recipient or attachment: its texts and bytes by property, and the items inside it."""

    texts: dict[int, str] = field(default_factory=dict)
    content: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    inside: dict[str, "Item"] = field(default_factory=dict)

    def streams(self, header: int) -> dict[str, bytes]:
        values = {(pid, 0x001F): text.encode("utf-16-le") for pid, text in self.texts.items()}
        values |= {(pid, 0x0102): content for pid, content in self.content.items()}
        listed = b"".join(
            struct.pack("<HHII4x", kind, pid, 6, len(value)) for (pid, kind), value in values.items()
        )
        listed += b"".join(struct.pack("<HHIq", 3, pid, 6, number) for pid, number in self.numbers.items())
        named = {f"__substg1.0_{pid:04X}{kind:04X}": value for (pid, kind), value in values.items()}
        return named | {"__properties_version1.0": bytes(header) + listed}


def message_file(message: Item) -> bytes:
    """The message as a .msg file."""
    entries: list[tuple[str, int, bytes, int, int]] = []  # name, type, content, first child, next sibling

    def add(name: str, item: Item, kind: int, header: int) -> int:
        place = len(entries)
        entries.append((name, kind, b"", _FREE, _FREE))
        children = []
        for stream, content in sorted(item.streams(header).items()):
            children.append(len(entries))
            entries.append((stream, 2, content, _FREE, _FREE))
        for folder, inner in item.inside.items():
            children.append(add(folder, inner, 1, 24 if folder.startswith("__substg") else 8))
        for child, after in zip(children, [*children[1:], _FREE], strict=True):
            entries[child] = (*entries[child][:4], after)
        entries[place] = (name, kind, b"", children[0], _FREE)
        return place

    add("Root Entry", message, 5, 32)
    return _compound(entries)


def _compound(entries: list[tuple[str, int, bytes, int, int]]) -> bytes:
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        if not content:
            return _END
        first = len(sectors)
        for start in range(0, len(content), _SECTOR):
            sectors.append(content[start : start + _SECTOR].ljust(_SECTOR, b"\0"))
            table.append(len(sectors))
        table[-1] = _END
        return first

    mini, places = b"", list[int]()
    mini_table: list[int] = []
    for _, kind, content, _, _ in entries:
        if kind != 2 or not content:
            places.append(_END)
        elif len(content) >= _CUTOFF:
            places.append(put(content))
        else:
            places.append(len(mini_table))
            count = -(-len(content) // _MINI)
            mini_table += [*range(len(mini_table) + 1, len(mini_table) + count), _END]
            mini += content.ljust(count * _MINI, b"\0")
    places[0] = put(mini)
    full = mini_table + [_FREE] * (-len(mini_table) % 128)
    mini_start = put(struct.pack(f"<{len(full)}I", *full))
    listed = b""
    for (name, kind, content, child, sibling), place in zip(entries, places, strict=True):
        size = len(mini) if kind == 5 else len(content)
        written = name.encode("utf-16-le")
        tree = struct.pack("<HBBIII", len(written) + 2, kind, 1, _FREE, sibling, child)
        listed += written.ljust(64, b"\0") + tree + struct.pack("<36xIQ", place, size)
    directory = put(listed.ljust(-(-len(listed) // _SECTOR) * _SECTOR, b"\0"))
    count = -(-(len(table) + 1) // 127)
    own = range(len(table), len(table) + count)
    table += [_TABLE] * count
    padded = table + [_FREE] * (count * 128 - len(table))
    sectors += [struct.pack("<128I", *padded[start : start + 128]) for start in range(0, len(padded), 128)]
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, 0, count,
        directory, 0, _CUTOFF, mini_start, len(full) // 128, _END, 0,
    )  # fmt: skip
    return head + struct.pack("<109I", *own, *[_FREE] * (109 - count)) + b"".join(sectors)
