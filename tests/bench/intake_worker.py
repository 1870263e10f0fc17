"""One process of the intake's measurement, in the installation that ``ASSIZE_VAR`` names.

``receive N FIRST`` takes in N documents, ``work`` brings waiting ones to their end once it is told to,
``floor`` reads the same files bare. ``tests.bench.child`` prints what each answers.
"""

import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import pypdfium2

from core.actor import machine
from evidence import entities, pipeline
from evidence.actions import exhibits
from evidence.models import Exhibit, Intake, Page
from evidence.selectors import best_pdf
from evidence.steps import Context, Write
from evidence.storage import store
from tests.bench.intake_documents import mixed
from tests.factories import a_case, a_party, a_user

T = TypeVar("T")


def receive(count: int, first: int) -> dict[str, Any]:
    """Seconds until the documents are received in a matter of their own; making them is not counted."""
    case = a_case(a_user(f"owner-{first}@example.org"))
    a_party(case)
    documents = mixed(count, first)
    begun = time.perf_counter()
    for name, content in documents:
        exhibits.receive(by=machine("command"), case=case, content=[content], name=name)
    return {"seconds": time.perf_counter() - begun}


class Clock:
    """Adds up the seconds of each step, and of each kind of file within the conversion."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self.kinds: dict[str, list[float]] = defaultdict(list)
        self.exhibits: set[UUID] = set()

    def timed(self, step: pipeline.Step) -> pipeline.Step:
        """The same step, its work and its writing timed."""

        def work(context: Context) -> Write:
            self.exhibits.add(context.exhibit.pk)
            write, seconds = _timed(lambda: step.work(context))
            self.steps[step.name] += seconds
            if step.name == "convert":
                self.kinds[context.exhibit.type_name].append(seconds)
            return lambda: self._write(step.name, write)

        return replace(step, work=work)

    def _write(self, name: str, write: Write) -> None:
        self.steps[name] += _timed(write)[1]


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    result = act()
    return result, time.perf_counter() - begun


def work() -> dict[str, Any]:
    """Seconds until nothing waits any more, by step, and each kind's conversions."""
    clock = Clock()
    vars(pipeline)["STEPS"] = tuple(map(clock.timed, pipeline.STEPS))
    entities.read("Aurelia Laboratories Limited wrote to Baiyun Cloud Limited.")  # loads the language model
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begun = time.perf_counter()
    while waiting := list(
        Intake.objects.filter(state=Intake.State.WAITING).values_list("exhibit_id", flat=True)
    ):
        for exhibit_id in waiting:
            pipeline.run(str(exhibit_id), by=machine())
    seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "documents": len(clock.exhibits),
        "pages": Page.objects.filter(exhibit__in=clock.exhibits).count(),
        "steps": clock.steps,
        "kinds": clock.kinds,
    }


def floor() -> dict[str, Any]:
    """Seconds to read and hash every original and to take the text of every page of its PDF."""
    not_ready = list(
        Intake.objects.exclude(state=Intake.State.READY).values_list("exhibit__original_name", "message")
    )
    done = list(Exhibit.objects.filter(intake__state=Intake.State.READY))
    files = [(store().path(each.sha256), store().path(best_pdf(each).sha256)) for each in done]
    begun = time.perf_counter()
    for original, rendition in files:
        hashlib.sha256(original.read_bytes()).hexdigest()
        pdf = pypdfium2.PdfDocument(rendition)
        for page in pdf:
            page.get_textpage().get_text_bounded()
        pdf.close()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "documents": len(done), "not_ready": not_ready}


def main(part: str, *arguments: str) -> dict[str, Any]:
    """What the named part measured."""
    parts: dict[str, Callable[..., dict[str, Any]]] = {"receive": receive, "work": work, "floor": floor}
    return parts[part](*map(int, arguments))
