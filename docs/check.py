#!/usr/bin/env python
"""Whether the documentation agrees with the project; ``--write`` refreshes what is generated in it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(arguments: list[str]) -> int:
    """Every problem is named on standard error; 0 when there is none, 1 otherwise, 2 for a wrong option."""
    if unknown := sorted(set(arguments) - {"--write"}):
        sys.stderr.write(f"{' '.join(unknown)}: unknown option. Known is --write.\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from docs.checks import generated, prose, reference, tracked

    if "--write" in arguments:
        for path in generated.write(ROOT):
            sys.stdout.write(f"{path.relative_to(ROOT)} written\n")
    files = tracked.tracked_files(ROOT)
    problems = [
        *prose.problems(ROOT, [path for path in files if path.suffix == ".md"]),
        *reference.problems(ROOT),
        *generated.problems(ROOT),
        *tracked.problems(ROOT, files),
    ]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
