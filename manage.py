#!/usr/bin/env python
"""Runs an Assize command; every command's exit code comes from the error tree."""

import os
import sys


def main() -> None:
    """The command named on the command line has run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from core.collisions import of_the_tree

    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        refusal = of_the_tree(error)
        if refusal is None:
            raise
        sys.stderr.write(f"{refusal.code}: {refusal}\n")
        sys.exit(refusal.exit_code)


if __name__ == "__main__":
    main()
