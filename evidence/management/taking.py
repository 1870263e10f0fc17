"""What the commands that take files in have in common."""

import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from cases.management import acting
from cases.models import Case
from core.actor import Actor
from core.errors import InvalidInput
from evidence import pipeline
from evidence.actions import exhibits
from evidence.files.store import read_chunks
from evidence.models import Exhibit, Intake

A_MOMENT = 0.2
"""Seconds between two looks at an intake that a worker is busy with."""


def add_common(parser: ArgumentParser) -> None:
    """The matter, the files, who acts, and ``--json``."""
    parser.add_argument("case", help="the matter's claim number or id")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    acting.add_as(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def where(name: str, email: str | None) -> tuple[Case, Actor]:
    """The matter and who acts in it: the member with this address, held to their role, or the command itself.

    Raises:
        NotFound: there is no such matter, or it is not this person's; the two are not told apart.
        NotAllowed: the person may only read it.
    """
    person = acting.person(email)
    return acting.matter_to_edit(name, person), acting.actor(person)


def take(paths: Iterable[Path], *, by: Actor, case: Case) -> list[Exhibit]:
    """Every file stands in the matter as an exhibit; nothing is received where one cannot be read."""
    paths = list(paths)
    for path in paths:
        if not path.is_file():
            raise InvalidInput(f"{path} is no file.", remedy="Check the name; folders are not taken.")
    return [exhibits.receive(by=by, case=case, content=read_chunks(path), name=path.name) for path in paths]


def finish(received: Iterable[Exhibit], *, by: Actor) -> list[Exhibit]:
    """The intake of each exhibit and of its attachments has come to its end, here or at a worker."""
    ended = []
    waiting = list(received)
    while waiting:
        exhibit = waiting.pop(0)
        while Intake.objects.get(exhibit=exhibit).state in (Intake.State.WAITING, Intake.State.RUNNING):
            pipeline.run(str(exhibit.pk), by=by)
            if Intake.objects.get(exhibit=exhibit).state == Intake.State.RUNNING:
                time.sleep(A_MOMENT)
        ended.append(Exhibit.objects.select_related("case__court", "intake", "filing").get(pk=exhibit.pk))
        waiting += exhibit.children.all()
    return ended


def as_json(exhibit: Exhibit) -> dict[str, object]:
    """An exhibit as the commands answer it."""
    intake = Intake.objects.get(exhibit=exhibit)
    return {
        "id": str(exhibit.pk),
        "number": exhibit.number,
        "name": exhibit.original_name,
        "title": exhibit.title,
        "type": exhibit.media_type,
        "size": exhibit.size,
        "sha256": exhibit.sha256,
        "parent": str(exhibit.parent_id) if exhibit.parent_id else None,
        "state": intake.state,
        "reason": intake.reason,
        "message": intake.message,
    }
