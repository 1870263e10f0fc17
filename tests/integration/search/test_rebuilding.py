from pathlib import Path
from typing import Any

import pytest

from core.locks import if_free
from search import actions
from search.backends.embedded import EmbeddedBackend

pytestmark = pytest.mark.django_db


def test_the_index_is_emptied_while_nobody_drains(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.INDEX_ROOT = tmp_path / "index"
    free: list[bool] = []
    clear = EmbeddedBackend.clear

    def watched(engine: EmbeddedBackend) -> None:
        with if_free(settings.INDEX_ROOT / "drain.lock") as nobody:
            free.append(nobody)
        clear(engine)

    monkeypatch.setattr(EmbeddedBackend, "clear", watched)
    actions.rebuild()
    assert free == [False]
    with if_free(settings.INDEX_ROOT / "drain.lock") as nobody:
        assert nobody, "the lock is given back"
