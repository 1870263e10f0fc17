"""Pages with every fault that the check must name."""

from pathlib import Path

import pytest

from docs.checks import prose


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("there.md", None),
        ("there.md#what-it-does-not-do-yet", None),
        ("#here", None),
        ("folder/", None),
        ("https://example.org/nothing", None),
        ("missing.md", "leads to no file"),
        ("picture.png", "leads to no file"),
        ("there.md#nowhere", "leads to no heading"),
        ("#nowhere", "leads to no heading"),
        ("../outside.md", "leads out of the project"),
    ],
)
def test_links_lead_somewhere(tmp_path: Path, link: str, fault: str | None) -> None:
    root = tmp_path / "project"
    written(root / "there.md", "# There\n\n## What it does not do, yet\n")
    written(tmp_path / "outside.md", "outside")
    (root / "folder").mkdir()
    page = written(root / "page.md", f"# Here\n\nSee [this]({link}).\n")
    found = list(prose.broken_links(root, page))
    assert found == ([] if fault is None else [f"page.md: the link {link} {fault}"])


def test_links_in_code_are_no_links(tmp_path: Path) -> None:
    page = written(tmp_path / "page.md", "`[a](gone.md)`\n\n```\n[b](gone.md)\n```\n")
    assert list(prose.broken_links(tmp_path, page)) == []


def test_a_page_that_is_too_long_or_missing_is_named(tmp_path: Path) -> None:
    page = written(tmp_path / "CONTRIBUTING.md", "word " * 11)
    assert list(prose.too_long(page, 11)) == []
    assert list(prose.too_long(page, 10)) == ["CONTRIBUTING.md has 11 words; at most 10 fit on two pages"]
    assert list(prose.too_long(tmp_path / "GONE.md", 10)) == ["GONE.md is missing"]


def test_decisions_are_numbered_headed_complete_and_listed(tmp_path: Path) -> None:
    parts = "\n\n## Context\n\n## Decision\n\n## Consequences\n"
    written(tmp_path / "README.md", "[1](0001-first.md) [2](0002-second.md)")
    written(tmp_path / "0001-first.md", f"# 0001 First{parts}")
    written(tmp_path / "0002-second.md", f"# 0002 Second{parts}")
    assert list(prose.decisions(tmp_path)) == []

    written(tmp_path / "0002-second.md", "# Second\n\n## Context\n\n## Decision\n")
    written(tmp_path / "0003-third.md", f"# 0003 Third{parts}")
    written(tmp_path / "0005-fifth.md", f"# 0005 Fifth{parts}")
    assert list(prose.decisions(tmp_path)) == [
        "docs/adr/0002-second.md: the heading must begin with 0002",
        "docs/adr/0002-second.md: the part Consequences is missing",
        "docs/adr/README.md does not list 0003-third.md",
        "docs/adr/0005-fifth.md: the name must be 0004-title.md",
    ]
