"""The living style sheet: every component in every state, with invented examples."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock


class SpecimenForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title of the document", help_text="As it stands on its first page.")
    kind = forms.ChoiceField(choices=[("", "Choose a kind"), ("claim", "Claim form"), ("order", "Order")])
    dated = forms.DateField(
        label="Date of the document", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    method = forms.ChoiceField(
        label="Served by",
        widget=forms.RadioSelect,
        choices=[("email", "Email"), ("post", "First class post"), ("hand", "Leaving it at the address")],
    )
    privileged = forms.BooleanField(
        label="Privileged", required=False, help_text="Never goes into a bundle by itself."
    )
    note = forms.CharField(widget=forms.Textarea, required=False)


class FilterSpecimen(forms.Form):
    """What a docket is filtered by."""

    words = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(choices=[("", "Any kind"), ("order", "Order")], required=False)


class DropSpecimen(forms.Form):
    """Files to be received."""

    documents = forms.FileField(help_text="PDF, images, Word, e-mail, text. Up to 200 MB together.")


FILINGS = [
    ("Claim form", "Claimant", date(2026, 9, 1), "Served", "done"),
    ("Particulars of claim", "Claimant", date(2026, 9, 1), "Served", "done"),
    ("Acknowledgment of service", "Defendant", date(2026, 9, 18), "Accepted", "done"),
    ("Application for an interim injunction", "Claimant", date(2026, 10, 5), "Submitted", "waiting"),
    (
        "Application disputing jurisdiction",
        "Defendant",
        date(2026, 10, 9),
        "Not checked by anybody yet",
        "doubtful",
    ),
    ("Defence and counterclaim", "Defendant", date(2026, 11, 3), "Due", "due"),
]
WORKING = {
    "steps": [
        {"date": "6 Oct 2026", "why": "Sent by email at 16:42, after half past four", "source": "CPR 6.26"},
        {"date": "7 Oct 2026", "why": "Deemed served on the next business day", "source": "CPR 6.26"},
        {"date": "4 Nov 2026", "why": "28 days after service of the particulars", "source": "CPR 15.4(1)(b)"},
    ],
    "source": "Civil Procedure Rules, as in force on 6 October 2026",
    "warnings": ["Not verified by a lawyer"],
}


def _events() -> list[dict[str, Any]]:
    return [
        {"date": day, "label": title, "kind": kind, "text": party, "href": "#docket"}
        for title, party, day, _, kind in FILINGS
    ] + [{"date": date(2025, 11, 20), "label": "Model K-2 released by the defendant"}]


def _due() -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {"date": today, "label": "Reply to the Part 18 request", "kind": "due", "word": "today, 4 pm"},
        {
            "date": today + timedelta(days=4),
            "label": "Evidence in answer",
            "kind": "doubtful",
            "word": "proposed",
        },
        {"date": today + timedelta(days=5), "label": "Skeleton argument", "kind": "done", "word": "done"},
    ]


def _specimens() -> dict[str, Any]:
    wrong = SpecimenForm({"wrong-kind": "claim", "wrong-dated": "31 February"}, prefix="wrong")
    proposed = {"where": "page 1, line 4", "href": "#page", "certainty": "likely"}
    rows = [{"title": t, "party": p, "date": d, "state": s, "mark": m} for t, p, d, s, m in FILINGS]
    cells = [
        {"count": n, "weight": w, "href": "#docket", "label": "passages"} for n, w in ((7, 4), (3, 3), (2, 1))
    ]
    received = datetime(2026, 10, 6, 16, 42, 9, tzinfo=clock.LONDON)
    return {
        "form": SpecimenForm(initial={"title": "Particulars of Claim", "dated": "2026-09-01"}),
        "wrong": wrong,
        "filters": FilterSpecimen(),
        "drop": DropSpecimen(),
        "proposals": {
            "title": {**proposed, "certainty": "in the heading", "sure": True},
            "dated": proposed,
        },
        "chips": [{"word": "Kind: order", "href": "?"}, {"word": "Since 1 Sep 2026", "href": "?"}],
        "rows": Paginator(rows * 80, 6).page(2),
        "bulk": [
            {"value": "bundle", "word": "Add to a bundle"},
            {"value": "withdraw", "word": "Withdraw", "grave": True},
        ],
        "why": WORKING,
        "facts": [
            {"term": "Claim number", "value": "IL-2026-000123"},
            {"term": "Defence due", "value": "4 Nov 2026", "why": WORKING},
            {"term": "State", "value": "Served by email on 6 Oct, deemed 7 Oct", "status": "done"},
            {"term": "Judge", "value": ""},
        ],
        "events": _events(),
        "due": _due(),
        "columns": ["Claim form", "Witness statement", "Expert's report"],
        "matrix": [
            {"word": "Copying of weights", "cells": cells},
            {"word": "Distillation", "cells": [cells[1], {**cells[2], "against": 1}, {"count": 0}]},
        ],
        "ledger": [
            {
                "at": received,
                "actor": "Priya Nair",
                "text": "received exhibit HP1, “Log of API calls”",
                "sequence": 41,
                "origin": "web",
                "hash": "9f2b" * 16,
            },
            {
                "at": received + timedelta(seconds=22),
                "actor": "worker",
                "text": "made a PDF of 40 pages of HP1",
                "sequence": 42,
                "origin": "worker",
                "hash": "c07d" * 16,
            },
        ],
        "items": [
            {"id": 1, "word": "Claim form", "text": "1 Sep 2026, 6 pages"},
            {"id": 2, "word": "Particulars of claim", "text": "1 Sep 2026, 48 pages"},
            {"id": 3, "word": "First witness statement of Helen Park", "text": "5 Oct 2026, 12 pages"},
        ],
        "tabs": [
            {"word": "All", "href": "?", "count": 480, "current": True},
            {"word": "Served", "href": "?state=served", "count": 412},
            {"word": "Rejected", "href": "?state=rejected", "count": 0},
        ],
        "crumbs": [{"word": "Exhibits", "href": "#"}, {"word": "HP1"}],
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "styleguide.html", _specimens())
