"""One matter with one of everything that an address can name."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.test import Client
from safetensors.numpy import save_file

from accounts.models import User
from authorities.models import Authority
from bundles import actions as bundle_actions
from bundles import checking
from bundles import pipeline as bundle_pipeline
from bundles.actions import checking as checks
from bundles.actions import redactions
from bundles.models import FileCheck, RedactedCopy, Redaction
from bundles.pdf.redact import Box
from cases.actions import due_dates, filings, matters
from cases.kinds import FilingKind
from cases.models import Application, Case, CaseRelation, Membership, Party
from comparison import actions as comparisons
from comparison.models import LogRun, ModelArtefact, SignedFile
from comparison.weights.manifest import manifest
from core import clock
from evidence.actions import links
from evidence.files.store import read_chunks
from evidence.models import Exhibit
from evidence.selectors import best_pdf
from evidence.storage import store
from jurisdictions.models import CauseOfAction
from tests import factories
from tests.factories import ACTOR
from tests.factories.log_records import a_log_record


@dataclass(frozen=True)
class World:
    """The matter's people, and a value for every part of an address."""

    owner: User
    reader: User
    expert: User
    stranger: User
    values: dict[str, Any]

    def client(self, name: str) -> Client:
        """A browser in which this person is signed in; nobody for "anonymous"."""
        client = Client()
        if name != "anonymous":
            client.force_login(getattr(self, name))
        return client


def a_model(folder: Path, case: Case, seed: int) -> ModelArtefact:
    """A registered model with the manifest of its weights."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "llama"}))
    weights = np.random.default_rng(seed).standard_normal((4, 4)).astype(np.float32)
    save_file({"model.embed_tokens.weight": weights}, folder / "model.safetensors")
    artefact = comparisons.register(by=ACTOR, case=case, vendor="Aurelia", name=f"Lumen {seed}")
    return comparisons.attach_manifest(by=ACTOR, artefact=artefact, manifest=manifest(folder))


def a_redacted_copy(exhibit: Exhibit) -> Redaction:
    """A marked rectangle and a row for a copy; experts go on seeing the exhibit itself."""
    box = Box(1, 0.1, 0.1, 0.5, 0.2)
    marked = redactions.mark(by=ACTOR, exhibit=exhibit, box=box)
    pdf = best_pdf(exhibit)
    RedactedCopy.objects.create(
        exhibit=exhibit,
        number=1,
        state=RedactedCopy.State.MADE,
        boxes=[asdict(box)],
        asked_by=ACTOR.label,
        asked_at=clock.now(),
        sha256=pdf.sha256,
        size=pdf.size,
        pages=pdf.pages,
    )
    return marked


def a_check(owner: User, sha256: str) -> FileCheck:
    """The built bundle, put in to be checked like anybody's file."""
    asked = checks.ask_for_check(
        owner=owner,
        name="bundle.pdf",
        content=read_chunks(store().path(sha256)),
        profile="ew-2021",
    )
    checking.run(str(asked.pk))
    return asked


@pytest.fixture(scope="module")
def standing_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_world(tmp_path_factory.mktemp("models"))
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world: World, db: None) -> World:
    """The world as it was made; what a test changes in it is undone after the test."""
    return standing_world


def a_world(folder: Path) -> World:
    """The matter and everything in it, made through the actions that people use."""
    case = factories.a_case()
    owner = case.memberships.get().user
    reader = factories.a_member(case)
    expert = factories.a_member(case, Membership.Role.EXPERT, "expert@example.org")
    claimant = factories.a_party(case)
    defendant = factories.a_party(case, "Baiyun Cloud (UK) Limited", Party.Role.DEFENDANT)
    claim = matters.add_claim(
        by=ACTOR,
        case=case,
        cause=CauseOfAction.objects.all()[0],
        claimants=[claimant],
        defendants=[defendant],
    )
    element = claim.cause.elements.all()[0]
    exhibit = factories.an_exhibit(case, ready=True)
    link = links.link_to_element(by=ACTOR, exhibit=exhibit, claim=claim, element=element, weight="supports")
    filing = filings.log_filing(
        by=ACTOR, case=case, kind=FilingKind.CLAIM_FORM, title="Claim Form", party=claimant
    )
    due = due_dates.enter(by=ACTOR, case=case, title="Serve", due_on=date(2026, 12, 1), source="Order")
    hearing = matters.list_hearing(
        by=ACTOR, case=case, title="Hearing", starts_at=datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
    )
    application = matters.note_application(
        by=ACTOR, case=case, kind=Application.Kind.INJUNCTION, title="Injunction", applicant=claimant
    )
    relation = matters.relate(by=ACTOR, case=case, kind=CaseRelation.Kind.PARALLEL, title="Elsewhere")
    bundle = bundle_actions.create(by=ACTOR, case=case, title="Hearing bundle")
    section = bundle_actions.add_section(by=ACTOR, bundle=bundle, title="A. Evidence")
    entry = bundle_actions.add_exhibits(by=ACTOR, section=section, exhibits=[exhibit])[0]
    build = bundle_actions.ask_for_build(by=ACTOR, bundle=bundle)
    bundle_pipeline.run(build.pk, by=ACTOR)
    certificate = bundle_actions.certify(by=ACTOR, version=bundle.versions.get())
    redaction = a_redacted_copy(exhibit)
    first, second = (a_model(folder / str(seed), case, seed) for seed in (1, 2))
    comparison = comparisons.compare(by=ACTOR, reference=first, suspect=second)
    population = comparisons.make_population(by=ACTOR, case=case, name="Independent models")
    member = comparisons.add_member(
        by=ACTOR, population=population, artefact=second, lineage="second", stratum="same-data"
    )
    job = comparisons.set_up(by=ACTOR, case=case, title="Registered", reference=first, suspect=second)
    comparisons.register_job(by=ACTOR, job=job)
    signature = comparisons.own_signature(by=ACTOR, case=case, sha256=exhibit.sha256).text
    signed = comparisons.attach_signature(
        by=ACTOR,
        comparison=comparison,
        kind=SignedFile.Kind.RECORD,
        exhibit=exhibit,
        signature=signature,
    )
    analysis = comparisons.import_logs(by=ACTOR, case=case, content=a_log_record())
    log_run = LogRun.objects.create(
        case=case, exhibit=exhibit, title="Logs", fields={}, asked_at=clock.now(), asked_by="Olive Owner"
    )
    return World(
        owner,
        reader,
        expert,
        factories.a_user("stranger@example.org", "Sam Stranger"),
        {
            "case_id": case.pk,
            "party_id": claimant.pk,
            "membership_id": case.memberships.get(user=reader).pk,
            "claim_id": claim.pk,
            "element_id": element.pk,
            "link_id": link.pk,
            "hearing_id": hearing.pk,
            "application_id": application.pk,
            "relation_id": relation.pk,
            "filing_id": filing.pk,
            "due_id": due.pk,
            "exhibit_id": exhibit.pk,
            "redaction_id": redaction.pk,
            "number": 1,
            "bundle_id": bundle.pk,
            "kind": certificate.kind,
            "place": certificate.number,
            "section_id": section.pk,
            "entry_id": entry.pk,
            "build_id": build.pk,
            "check_id": a_check(owner, build.version.sha256).pk,
            "artefact_id": first.pk,
            "comparison_id": comparison.pk,
            "population_id": population.pk,
            "member_id": member.pk,
            "job_id": job.pk,
            "file_id": signed.pk,
            "key_id": case.signer_keys.get().pk,
            "analysis_id": analysis.pk,
            "log_run_id": log_run.pk,
            "pk": Authority.objects.create(key="a", kind="judgment", origin="summary", name="A v B").pk,
            "uidb36": "1",
            "key": "none",
        },
    )
