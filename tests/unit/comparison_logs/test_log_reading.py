"""Whatever form the logs come in, every line is either an exchange or named."""

import io
import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from comparison.logs import reading
from comparison.logs.database import working_database
from comparison.logs.errors import LogSpecInvalid, LogsUnreadable
from comparison.logs.lines import blank_lines, lines_at, numbered
from comparison.logs.reading import read_exchanges
from comparison.logs.spec import ROLES, read_log_spec, read_settings

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


@pytest.mark.parametrize("name", ["x[1].jsonl", "x*.jsonl", "x?.jsonl", "account=other/x.jsonl"])
def test_a_name_is_a_name_and_no_pattern(tmp_path: Path, name: str) -> None:
    (tmp_path / "x1.jsonl").write_bytes(good(account="other"))
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(good(account="mine"))
    assert [row[2] for row in read((path,))[0]] == ["mine"]
    (tmp_path / "spec.toml").write_text(f'[logs]\ntitle = "t"\nfile = "{name}"\n')
    assert read_log_spec(tmp_path / "spec.toml").files == (path,)


def test_folders_on_the_way_to_a_parquet_file_name_no_column(tmp_path: Path) -> None:
    path = tmp_path / "account=other" / "x.parquet"
    path.parent.mkdir()
    (tmp_path / "x.jsonl").write_bytes(good(account="mine"))
    duckdb.read_json(str(tmp_path / "x.jsonl")).write_parquet(str(path))
    assert [row[2] for row in read((path,))[0]] == ["mine"]


def test_a_field_may_have_any_name(tmp_path: Path) -> None:
    names = {"account": "file_row_number", "time": "time", "prompt": "line", "output": "account"}
    row = {"file_row_number": "a", "time": 1, "line": "Say it", "account": "It"}
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    duckdb.read_json(str(tmp_path / "x.jsonl")).write_parquet(str(tmp_path / "x.parquet"))
    for name in ("x.jsonl", "x.parquet"):
        assert read((tmp_path / name,), names)[0] == [(0, 1, "a", 1_000_000, "Say it", "It")]


@pytest.mark.parametrize("time", ["1969-12-31T23:59:59Z", -1, "0044-03-15 (BC)", "10000-01-01", "infinity"])
def test_a_time_at_which_there_were_no_logs_is_none(tmp_path: Path, time: Any) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(good() + b"\n" + good(time=time))
    assert [(row["reason"], row["lines"]) for row in read((path,))[1]] == [("no-time", [2])]


def test_rows_keep_their_numbers_whatever_the_database_tidies_up(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"".join(good(output=str(n)) + b"\n" if n % 2 else b"{}\n" for n in range(300_000)))
    numbers = "SELECT rowid, line FROM exchanges WHERE line % 1000 = 0 ORDER BY line"
    with working_database(tmp_path, 512) as db:
        read_exchanges(db, (path,), FIELDS, io.StringIO())
        before = db.execute(numbers).fetchall()
        db.execute("CHECKPOINT")
        assert db.execute(numbers).fetchall() == before


def test_a_line_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_LINE", 2**20)
    path = tmp_path / "x.jsonl"
    path.write_bytes(good() + b"\n\n" + good(prompt="x" * 2**26) + b"\n" + good())
    with pytest.raises(LogsUnreadable, match="line 3 is over 1 MiB"):
        read((path,))


def test_as_little_memory_as_may_be_stated_is_enough_on_a_machine_of_many_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(16)))
    with (tmp_path / "x.jsonl").open("wb") as file:
        for number in range(200_000):
            file.write(good(prompt=f"{number} {'x' * 1500}") + b"\n")
    assert len(read((tmp_path / "x.jsonl",))[0]) == 200_000
    with pytest.raises(LogSpecInvalid, match="256 or more"):
        read_settings({"memory_mib": 255})


def test_too_little_memory_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(good())
    with (
        pytest.raises(LogsUnreadable, match="does not fit into 64 MiB"),
        working_database(tmp_path, 64) as db,
    ):
        read_exchanges(db, (tmp_path / "x.jsonl",), FIELDS, io.StringIO())


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
        (f'[logs]\ntitle = "{"t" * 301}"\nfile = "x.jsonl"\n', "over 300 characters"),
        ('[logs]\ntitle = "t"\nfile = "**x.jsonl"\n', "There is no file"),
        ("[logs", "not valid TOML"),
    ],
)
def test_a_specification_says_what_is_wrong_with_it(tmp_path: Path, text: str, said: str) -> None:
    for name in ("x.jsonl", "x.txt"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "spec.toml").write_text(text)
    with pytest.raises(LogSpecInvalid, match=said):
        read_log_spec(tmp_path / "spec.toml")
