"""A reference that leaves something out, or names what does not exist."""

import gc
from pathlib import Path

from core.errors import Code, InvalidInput
from docs.checks import commands, reference
from ledger import verification

ROOT = Path(__file__).resolve().parents[3]


def test_the_variables_are_read_from_the_code() -> None:
    source = 'env.str("ONE", "x")\nenv.dj_db_url("TWO", f"{ONE}")\nenv.int(name)\nother.str("THREE")\n'
    assert reference.environment_variables(source) == {"ONE", "TWO"}
    assert {"ASSIZE_VAR", "DATABASE_URL", "PORT", "ASSIZE_PASSWORD"} <= reference.variables(ROOT)


def test_configuration_is_compared_both_ways() -> None:
    page = "| Variable | Default |\n|---|---|\n| `ONE` | none |\n| `GONE` | none |\n"
    assert list(reference.configuration(page, {"ONE", "TWO"})) == [
        "docs/reference/configuration.md: TWO is missing",
        "docs/reference/configuration.md: GONE does not exist",
    ]


def test_commands_are_compared_both_ways_and_json_shapes_are_asked_for() -> None:
    page = "".join(
        f"\n## `{name}`\n\nWords.\n{'```json' if commands.answers_json(command) else ''}\n"
        for name, command in commands.ours().items()
    )
    assert list(reference.command_page(page)) == []
    assert list(reference.command_page(page + "\n## `vanished`\n")) == [
        "docs/reference/commands.md: vanished does not exist"
    ]
    assert "docs/reference/commands.md: verify is missing" in reference.command_page(
        page.replace("## `verify`", "")
    )
    assert "docs/reference/commands.md: verify takes --json, and the shape of its answer is missing" in list(
        reference.command_page(page.replace("```json", ""))
    )


def test_a_code_without_words_is_named() -> None:
    page = " ".join(f"`{code}`" for code in Code)
    assert list(reference.error_codes(page)) == []
    assert list(reference.error_codes(page.replace("`conflict`", "conflict"))) == [
        "docs/reference/errors.md: the code conflict is missing"
    ]


def test_what_is_proved_is_compared_both_ways() -> None:
    page = "".join(f"- **{name}**: words;\n" for name in verification.proofs())
    assert list(reference.proofs(page)) == []
    assert list(reference.proofs(page.replace("**rows**", "**columns**"))) == [
        "docs/how-to/verify-a-matter.md: rows is missing",
        "docs/how-to/verify-a-matter.md: columns does not exist",
    ]


def test_make_targets_missing_from_the_readme_are_named(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("demo: setup ## load\n\ntest-servers: ## pass\n\nhidden:\n\ttrue\n")
    (tmp_path / "README.md").write_text("```sh\nmake demo\n```\n")
    assert list(reference.make_targets(tmp_path)) == ["README.md: make test-servers is missing"]


def test_an_error_with_an_exit_code_of_its_own_is_named() -> None:
    class Strange(InvalidInput):
        exit_code = 42

    problems = list(reference.strange_errors())
    del Strange
    gc.collect()
    assert problems == [f"docs/reference/errors.md: {__name__}.Strange has marks of its own"]
    assert list(reference.strange_errors()) == []
