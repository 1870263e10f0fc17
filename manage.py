#!/usr/bin/env python
"""Runs an Assize command; every command's exit code comes from the error tree."""

import os
import sys

from core.errors import AssizeError


def main() -> None:
    """The command named on the command line has run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except AssizeError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
