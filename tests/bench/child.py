"""Runs one module's ``main`` in the installation that ``ASSIZE_VAR`` names: ``child MODULE ARGUMENT...``."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    answer = import_module(sys.argv[1]).main(*sys.argv[2:])
    sys.stdout.write(json.dumps(answer) + "\n")
