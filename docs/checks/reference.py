"""Whether the hand-written reference names what the code has, no less and no more."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

from core.errors import AssizeError, Code
from docs.checks import commands, generated
from ledger import verification

_HEADING = re.compile(r"^## `(\w+)`$", re.MULTILINE)
_ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
_FROM_SHELL = re.compile(r"\$\{([A-Z_]+)")
_OURS = re.compile(r"\"(ASSIZE_[A-Z_]+)\"")
_PROOF = re.compile(r"^- \*\*([a-z ]+)\*\*:", re.MULTILINE)
_TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


def problems(root: Path) -> Iterator[str]:
    """What the reference and the README leave out, or name though it does not exist."""
    reference = root / "docs" / "reference"
    yield from configuration((reference / "configuration.md").read_text(encoding="utf-8"), variables(root))
    yield from command_page((reference / "commands.md").read_text(encoding="utf-8"))
    yield from make_targets(root)
    yield from proofs((root / "docs" / "how-to" / "verify-a-matter.md").read_text(encoding="utf-8"))
    yield from strange_errors()
    yield from error_codes((reference / "errors.md").read_text(encoding="utf-8"))


def configuration(page: str, read: set[str]) -> Iterator[str]:
    """The variables of the page's tables against those that the project reads."""
    yield from _differences("docs/reference/configuration.md", set(_ROW.findall(page)), read)


def variables(root: Path) -> set[str]:
    """Every variable that settings, the Procfile and commands read."""
    read = environment_variables((root / "config" / "environment.py").read_text(encoding="utf-8"))
    read |= set(_FROM_SHELL.findall((root / "Procfile").read_text(encoding="utf-8")))
    for path in root.glob("*/management/commands/*.py"):
        read |= set(_OURS.findall(path.read_text(encoding="utf-8")))
    return read


def environment_variables(source: str) -> set[str]:
    """The names that a module reads through ``env.<type>("NAME", ...)``."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def command_page(page: str) -> Iterator[str]:
    """The page's headings against our commands; one that answers in JSON has its shape shown."""
    name = "docs/reference/commands.md"
    ours = commands.ours()
    yield from _differences(name, set(_HEADING.findall(page)), set(ours))
    parts = _HEADING.split(page)[1:]
    for command, part in zip(parts[::2], parts[1::2], strict=True):
        if command in ours and commands.answers_json(ours[command]) and "```json" not in part:
            yield f"{name}: {command} takes --json, and the shape of its answer is missing"


def make_targets(root: Path) -> Iterator[str]:
    """Every target that ``make help`` shows stands in the README."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    for target in _TARGET.findall((root / "Makefile").read_text(encoding="utf-8")):
        if f"`make {target}" not in readme and f"\nmake {target}" not in readme:
            yield f"README.md: make {target} is missing"


def proofs(page: str) -> Iterator[str]:
    """What the page says is proved against what ``manage.py verify`` proves."""
    yield from _differences(
        "docs/how-to/verify-a-matter.md", set(_PROOF.findall(page)), set(verification.proofs())
    )


def strange_errors() -> Iterator[str]:
    """Errors of our apps whose code, exit code and status are not those of one row of the error table."""
    for app in apps.get_app_configs():
        if Path(app.path).is_relative_to(settings.BASE_DIR):
            for path in Path(app.path).rglob("errors.py"):
                import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    known = {_marks(kind) for kind in generated.error_classes()}
    for kind in _below(AssizeError):
        if _marks(kind) not in known:
            yield f"docs/reference/errors.md: {kind.__module__}.{kind.__name__} has marks of its own"


def error_codes(page: str) -> Iterator[str]:
    """Every code that an answer may carry stands on the page."""
    for code in Code:
        if f"`{code}`" not in page:
            yield f"docs/reference/errors.md: the code {code} is missing"


def _marks(kind: type[AssizeError]) -> tuple[str, int, int]:
    return kind.code, kind.exit_code, kind.http_status


def _below(kind: type[AssizeError]) -> Iterator[type[AssizeError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _differences(page: str, named: set[str], existing: set[str]) -> Iterator[str]:
    for missing in sorted(existing - named):
        yield f"{page}: {missing} is missing"
    for gone in sorted(named - existing):
        yield f"{page}: {gone} does not exist"
