"""The demonstration, worked through by a worker that runs beside, and what its addresses are made of."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import User
from authorities import actions as authority_actions
from authorities.models import Authority
from bundles import actions as bundle_actions
from bundles import redacting
from bundles.actions import checking as checks
from bundles.actions import redactions
from bundles.models import Build, Bundle, FileCheck, RedactedCopy
from bundles.pdf.redact import Box
from cases.actions import matters
from cases.models import Case
from comparison import actions as comparisons
from comparison.models import Comparison, LogAnalysis, SignerKey
from comparison.weights.manifest import manifest
from demo import comparisons as pilot
from demo import load
from evidence import selectors
from evidence.files.store import read_chunks
from evidence.models import ElementLink, Exhibit
from evidence.storage import store
from search.models import OutboxEntry
from tests import factories
from tests.browser.people import OWNER, PASSWORD, SECRET, WITH_FACTOR
from tests.factories import ACTOR, tiny_models
from tests.factories.log_records import a_log_record


def until(done: Callable[[], bool], what: str, seconds: float = 240) -> None:
    """Returns when the worker has done it."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            sys.exit(f"The worker did not finish {what} in {seconds:.0f} seconds.")
        time.sleep(0.2)


def the_rest(case: Case) -> tuple[Case, Exhibit]:
    """An empty matter and an unfiled document, beside authorities and somebody with a second factor."""
    authority_actions.load_summaries(by=ACTOR)
    with_factor = User.objects.get(email=WITH_FACTOR)
    TOTP.activate(with_factor, SECRET)
    RecoveryCodes.activate(with_factor)
    owner = User.objects.get(email=OWNER)
    empty = matters.open_case(by=ACTOR, title="Nothing v Nobody", court=factories.a_court(), owner=owner)
    return empty, factories.an_exhibit(case)


def a_comparison(case: Case) -> Comparison:
    """Two models and what their weights have in common."""
    registered = []
    parent = tiny_models.independent(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, tensors in (("Lumen", parent), ("Songtao", tiny_models.fine_tuned(parent))):
            path = Path(folder, name)
            tiny_models.write(path, tensors)
            artefact = comparisons.register(by=ACTOR, case=case, vendor="Aurelia", name=f"{name}, tiny")
            registered.append(
                comparisons.attach_manifest(by=ACTOR, artefact=artefact, manifest=manifest(path))
            )
    reference, suspect = registered
    return comparisons.compare(by=ACTOR, reference=reference, suspect=suspect)


def set_up(made: Comparison) -> dict[str, Any]:
    """A population, a draft measured against it, and the same registered."""
    case = made.case
    population = comparisons.make_population(by=ACTOR, case=case, name="Independent models, tiny")
    comparisons.add_member(
        by=ACTOR, population=population, artefact=made.suspect, lineage="tiny", stratum="same-data"
    )
    draft, registered = (
        comparisons.set_up(by=ACTOR, case=case, title=title, reference=made.reference, suspect=made.suspect)
        for title in ("Tiny models, a draft", "Tiny models, registered")
    )
    for job in (draft, registered):
        comparisons.change(
            by=ACTOR, job=job, title=job.title, methods=["hashes"], population=population, stratum="same-data"
        )
    comparisons.register_job(by=ACTOR, job=registered)
    return {"population_id": population.pk, "job_id": draft.pk, "registered": registered.pk}


def keys(case: Case) -> SignerKey:
    """The key of a clean room; another that was withdrawn stands beside it."""
    known = [
        comparisons.record_key(
            by=ACTOR, case=case, name=name, public_key=f"ed25519:{digits * 32}", obtained_how="In person"
        )
        for name, digits in (("Dr Okafor", "11"), ("Dr Okafor, until November", "22"))
    ]
    comparisons.withdraw_key(by=ACTOR, key=known[1], because="The laptop that held it was stolen")
    return known[0]


def an_analysis(case: Case) -> LogAnalysis:
    """API logs with a campaign, analysed elsewhere."""
    return comparisons.import_logs(by=ACTOR, case=case, content=a_log_record())


def builds(bundle: Bundle) -> tuple[Build, Build]:
    """A bundle that was built, and the one that a locked document stopped."""
    built = bundle_actions.ask_for_build(by=ACTOR, bundle=bundle)
    until(lambda: Build.objects.get(pk=built.pk).state == Build.State.BUILT, "the bundle")
    stopped = bundle_actions.ask_for_build(by=ACTOR, bundle=bundle, on_failure="stop")
    until(lambda: Build.objects.get(pk=stopped.pk).state == Build.State.STOPPED, "the bundle it must refuse")
    return built, stopped


def a_redacted_copy(exhibit: Exhibit) -> None:
    """A rectangle is marked and a copy made without it; then names are found and wait for a decision."""
    redactions.mark(by=ACTOR, exhibit=exhibit, box=Box(1, 0.2, 0.3, 0.6, 0.33, "Privilege"))
    copy = redactions.ask_for_copy(by=ACTOR, exhibit=exhibit)
    until(lambda: RedactedCopy.objects.get(pk=copy.pk).state == RedactedCopy.State.MADE, "the redacted copy")
    redacting.find(by=ACTOR, exhibit=exhibit, names=["Aurelia Laboratories"], pages=(1, 1))


def a_check(sha256: str) -> FileCheck:
    """The built bundle, put in to be checked by the matter's owner as anybody's file."""
    asked = checks.ask_for_check(
        owner=User.objects.get(email=OWNER),
        name="Hearing bundle.pdf",
        content=read_chunks(store().path(sha256)),
        profile="us-district",
    )
    until(lambda: FileCheck.objects.get(pk=asked.pk).state == FileCheck.State.DONE, "the check of a file")
    return asked


def a_core_bundle(master: Bundle) -> Bundle:
    """One of the main bundle's documents, and the others to tick."""
    core = bundle_actions.create(
        by=ACTOR, case=master.case, title="Core bundle", kind=Bundle.Kind.CORE, master=master
    )
    bundle_actions.take(by=ACTOR, core=core, documents=[1])
    return core


def addressed(case: Case) -> dict[str, Any]:
    """A value for each part of an address."""
    link = ElementLink.objects.filter(claim__case=case).order_by("pk")[0]
    bundle = case.bundles.get()
    section = bundle.sections.all()[0]
    particulars = case.exhibits.get(title="Particulars of Claim")
    return {
        "case_id": case.pk,
        "party_id": case.parties.order_by("pk")[0].pk,
        "claim_id": link.claim_id,
        "element_id": link.element_id,
        "hearing_id": case.hearings.get().pk,
        "application_id": case.applications.order_by("pk")[0].pk,
        "relation_id": case.relations.order_by("pk")[0].pk,
        "filing_id": particulars.filing_id,
        "due_id": case.due_dates.order_by("pk")[0].pk,
        "exhibit_id": particulars.pk,
        "number": 1,
        "bundle_id": bundle.pk,
        "section_id": section.pk,
        "entry_id": section.entries.all()[0].pk,
        "pk": Authority.objects.get(name="Getty Images (US) Inc v Stability AI Ltd").pk,
        "uidb36": "1",
        "key": "none",
    }


def main() -> None:
    """Everything is loaded, read, indexed and built; the values for addresses stand on standard output."""
    case = load.load(by=ACTOR, password=PASSWORD)
    empty, unfiled = the_rest(case)
    comparison = a_comparison(case)
    until(lambda: not list(selectors.unfinished()), "the intake")
    built, stopped = builds(case.bundles.get())
    values = addressed(case)
    a_redacted_copy(Exhibit.objects.get(pk=values["exhibit_id"]))
    until(lambda: not OutboxEntry.objects.exists(), "the index")
    values |= {
        "build_id": built.pk,
        "check_id": a_check(built.version.sha256).pk,
        "artefact_id": comparison.reference_id,
        "comparison_id": comparison.pk,
        "analysis_id": an_analysis(case).pk,
        "key_id": keys(case).pk,
    }
    values |= set_up(comparison)
    values["pilot"] = pilot.run_pilot(case, ACTOR).pk
    core = a_core_bundle(built.bundle)
    more = {"core": core.pk, "empty": empty.pk, "unfiled": unfiled.pk, "stopped": stopped.pk}
    sys.stdout.write(json.dumps(values | more, default=str))
