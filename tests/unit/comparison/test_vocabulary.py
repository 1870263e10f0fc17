"""Tokens are paired by the strings that the models' own tokenizers give them."""

from pathlib import Path

import pytest

from comparison.weights.errors import TokensNotShared
from comparison.weights.folder import Folder, open_folder
from comparison.weights.vocabulary import FEWEST, shared_tokens
from tests.factories.tiny_models import independent, write

WORDS = [f"word{number}".encode() for number in range(FEWEST)]


def listed(folder: Path, words: list[bytes]) -> Folder:
    """A model whose tokenizer is a list of words, one in each line."""
    path = write(folder, independent(1))
    (path / "tokenizer.json").unlink()
    (path / "vocab.txt").write_bytes(b"\n".join(words) + b"\n")
    return open_folder(path)


def test_a_word_that_is_no_text_is_a_token_like_others(tmp_path: Path) -> None:
    ours = listed(tmp_path / "ours", [*WORDS, b"\xff", b"\xfe"])
    theirs = listed(tmp_path / "theirs", [b"\xff", *WORDS])
    found = shared_tokens(ours, theirs, (FEWEST + 2, FEWEST + 1))
    assert found.by == "string"
    assert dict(zip(found.reference.tolist(), found.suspect.tolist(), strict=True)) == {
        FEWEST: 0,
        **{number: number + 1 for number in range(FEWEST)},
    }


def test_too_few_words_in_common_are_refused(tmp_path: Path) -> None:
    ours, theirs = listed(tmp_path / "ours", WORDS[1:]), listed(tmp_path / "theirs", WORDS)
    with pytest.raises(TokensNotShared, match=f"share {FEWEST - 1} tokens"):
        shared_tokens(ours, theirs, (FEWEST, FEWEST))
