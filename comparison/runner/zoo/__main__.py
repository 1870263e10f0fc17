"""Trains the zoo: ``python -m comparison.runner.zoo [FOLDER] [--seed N]``; prints where it stands."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from comparison.runner.zoo.keeping import zoo


def main(arguments: list[str]) -> None:
    """The zoo stands in the folder named, or among the user's caches."""
    parser = argparse.ArgumentParser(prog="python -m comparison.runner.zoo", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where it shall stand")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn; 0 if none is given")
    chosen = parser.parse_args(arguments)
    if not all(find_spec(name) for name in ("torch", "transformers")):
        parser.exit(
            1, "The zoo is trained with PyTorch, which is not installed. Add it: make setup WORKER=1\n"
        )
    there = zoo(chosen.seed, chosen.folder, tell=lambda name: print(name, file=sys.stderr))  # noqa: T201
    print(there.folder)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
