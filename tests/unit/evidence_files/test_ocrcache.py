from pathlib import Path

import pytest

from evidence.files.ocr import OcrReport
from evidence.files.ocrcache import OcrCache, Recognised

READ = Recognised("a" * 64, 12, OcrReport((1, 3), "ocrmypdf", "17", {1: 91.5, 3: 40.0}))


def test_what_was_read_is_remembered_by_all_that_decides(tmp_path: Path) -> None:
    cache = OcrCache(tmp_path)
    key = cache.key("b" * 64, [1, 3], ("eng",), "17, 5.3")
    assert cache.get(key) is None
    cache.put(key, READ)
    assert OcrCache(tmp_path).get(key) == READ
    others = {
        cache.key("c" * 64, [1, 3], ("eng",), "17, 5.3"),
        cache.key("b" * 64, [1], ("eng",), "17, 5.3"),
        cache.key("b" * 64, [1, 3], ("deu",), "17, 5.3"),
        cache.key("b" * 64, [1, 3], ("eng",), "18, 5.3"),
    }
    assert len(others | {key}) == 5
    assert not any(cache.get(other) for other in others)


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pages": [1]}', '{"pages": 1, "confidence": []}'])
def test_what_a_kill_or_a_fault_left_is_read_as_nothing(tmp_path: Path, left: str) -> None:
    cache = OcrCache(tmp_path)
    key = cache.key("b" * 64, [1], ("eng",), "17")
    cache.put(key, READ)
    (file,) = tmp_path.glob("*/*.json")
    file.write_text(left)
    assert cache.get(key) is None
    cache.put(key, READ)
    assert cache.get(key) == READ
    assert [path.suffix for path in tmp_path.glob("*/*")] == [".json"]
