"""Whatever form the logs come in, every line is either an exchange or named."""

import io
import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from comparison.logs.database import working_database
from comparison.logs.errors import LogSpecInvalid, LogsUnreadable
from comparison.logs.lines import blank_lines, lines_at, numbered
from comparison.logs.reading import read_exchanges
from comparison.logs.spec import ROLES, read_log_spec

FIELDS = {role: role for role in ROLES}
GOOD = {"account": "a", "time": "2026-01-02T03:04:05Z", "prompt": "Say it", "output": "It"}


def read(files: tuple[Path, ...], fields: dict[str, str] = FIELDS) -> tuple[list[Any], list[Any], list[Any]]:
    kept = io.StringIO()
    with working_database(files[0].parent, 256) as db:
        left = read_exchanges(db, files, fields, kept)
        rows = db.execute("SELECT file, line, account, moment, prompt, output FROM exchanges").fetchall()
    return (
        rows,
        [row for one in left for row in one.as_json()],
        list(map(json.loads, kept.getvalue().splitlines())),
    )


def good(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode()


def test_every_bad_line_is_counted_named_by_its_number_and_kept(tmp_path: Path) -> None:
    lines = [
        good(), b"", b'{"account": "cut', good(account="b"), b"not JSON", b'{"account": "\xff"}', b"   ",
        b"[1, 2]", good(account=None), good(time="yesterday"), good(prompt=None), good(output=None),
        b'{"account": "\\ud800"}', b"null", good(account="c") + b"\r", good(output=""),
    ]  # fmt: skip
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join(lines))
    rows, left, kept = read((path,))
    assert [row[1] for row in rows] == [1, 4, 15, 16]
    by_reason = {row["reason"]: (row["count"], row["lines"]) for row in left}
    assert by_reason == {
        "unreadable": (6, [3, 5, 6, 8, 13, 14]), "no-account": (1, [9]), "no-time": (1, [10]),
        "no-prompt": (1, [11]), "no-output": (1, [12]),
    }  # fmt: skip
    assert [row["line"] for row in kept] == [3, 5, 6, 8, 9, 10, 11, 12, 13, 14]
    assert kept[0]["text"] == '{"account": "cut'
    assert kept[2]["text"] == '{"account": "\\xff"}'


@pytest.mark.parametrize(
    ("written", "microseconds"),
    [
        ("1970-01-02T00:00:00Z", 86_400_000_000),
        ("1970-01-02T02:00:00+02:00", 86_400_000_000),
        ("1970-01-02 00:00:00", 86_400_000_000),
        (1_000_000_000, 10**15),
        (1_000_000_000.5, 10**15 + 500_000),
        (1_000_000_000_000, 10**15),
        ("1000000000000000", 10**15),
    ],
)
def test_times_are_read_as_they_are_written(tmp_path: Path, written: Any, microseconds: int) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(good(time=written))
    assert read((path,))[0][0][3] == microseconds


def test_nested_fields_and_messages_of_a_dialogue_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    row = {
        "key": {"owner's": 7}, "at": GOOD["time"],
        "request": {"messages": [{"role": "system", "content": "Be kind."}, {"role": "x", "content": "Hé"}]},
        "answer": [3, 1, 4],
    }  # fmt: skip
    path.write_text(json.dumps(row))
    fields = {"account": "key.owner's", "time": "at", "prompt": "request.messages", "output": "answer"}
    assert read((path,), fields)[0] == [(0, 1, "7", 1767323045000000, "Be kind.\nHé", "[3,1,4]")]


def test_parquet_gives_what_the_same_lines_give(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\n".join([good(), good(account=None), good(prompt="Other")]))
    rows = duckdb.connect().read_json(str(tmp_path / "x.jsonl"))
    rows.project("account, time::TIMESTAMP AS time, prompt, output").write_parquet(
        str(tmp_path / "x.parquet")
    )
    lines, parquet = read((tmp_path / "x.jsonl",)), read((tmp_path / "x.parquet",))
    assert lines[0] == parquet[0]
    assert parquet[1] == [{"file": "x.parquet", "reason": "no-account", "count": 1, "lines": [2]}]


def test_a_file_that_is_no_log_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"other": 1}\n')
    with pytest.raises(LogsUnreadable, match="Name the fields under"):
        read((tmp_path / "x.jsonl",))
    (tmp_path / "x.parquet").write_text("not Parquet")
    with pytest.raises(LogsUnreadable, match="cannot be read"):
        read((tmp_path / "x.parquet",))


def test_blank_lines_count_in_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\n one\n\n\ntwo\nthree\n \n")
    blank = blank_lines(path)
    assert blank.tolist() == [1, 3, 4, 7]
    numbers = numbered(np.arange(1, 4), blank).tolist()
    assert numbers == [2, 5, 6]
    assert [text for _, text in lines_at(path, numbers)] == [b" one", b"two", b"three"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[logs]\n", "gives no title"),
        ('[logs]\ntitle = "t"\n', "gives no file"),
        ('[logs]\ntitle = "t"\nfile = "absent.jsonl"\n', "There is no file absent"),
        ('[logs]\ntitle = "t"\nfile = "x.txt"\n', "not a file of logs"),
        ('[logs]\ntitle = "t"\nfile = "x.jsonl"\nsize = 3\n', "size is not known"),
        ('[logs]\ntitle = "t"\nfile = "x.jsonl"\n[fields]\nwho = "a"\n', "who is not known"),
        ('[logs]\ntitle = "t"\nfile = "x.jsonl"\n[settings]\nleast_uses = 2\n', "least_uses is not"),
        ('[logs]\ntitle = "t"\nfile = "x.jsonl"\n[settings]\nleast_similarity = 0.1\n', "from 0.5 to 1"),
        ("[logs", "not valid TOML"),
    ],
)
def test_a_specification_says_what_is_wrong_with_it(tmp_path: Path, text: str, said: str) -> None:
    for name in ("x.jsonl", "x.txt"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "spec.toml").write_text(text)
    with pytest.raises(LogSpecInvalid, match=said):
        read_log_spec(tmp_path / "spec.toml")
