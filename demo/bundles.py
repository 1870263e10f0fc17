"""The demonstration's bundles: one delivered and then added to, a core bundle, an exhibit, authorities."""

from bundles import actions, cited, pipeline, statements
from bundles.models import Build, Bundle, Version
from cases.models import Case
from core.actor import Actor
from core.errors import CheckFailed
from evidence.models import Exhibit

CORE_PAGES = "20-23"
"""Pages of the hearing bundle that stand in the core bundle beside two whole documents."""


def build_all(case: Case, by: Actor) -> Version:
    """Every bundle of the demonstration is built; the answer is the hearing bundle as it was delivered."""
    hearing = case.bundles.get()
    delivered = _built(hearing, by)
    actions.deliver(by=by, version=delivered, to=case.court.name, channel="CE-File")
    late = list(case.exhibits.filter(parent__isnull=False, bundle_entries=None)[:1])
    actions.add_exhibits(by=by, section=hearing.sections.all()[0], exhibits=late)
    _built(hearing, by)
    core = actions.create(by=by, case=case, title="Core bundle", kind=Bundle.Kind.CORE, master=hearing)
    actions.take(by=by, core=core, documents=[1, 3], pages=CORE_PAGES)
    _built(core, by)
    _exhibit(case, by, late)
    _authorities(case, by)
    return delivered


def _exhibit(case: Case, by: Actor, documents: list[Exhibit]) -> None:
    """The late document as the next exhibit to the claimants' statement, with the marks read from it."""
    statement = case.exhibits.get(title__startswith="First Witness Statement of Dr")
    read = statements.propose(statement)
    made = actions.create(
        by=by,
        case=case,
        title=f"Exhibit {read.mark}",
        kind=Bundle.Kind.EXHIBIT,
        statement=statement,
        exhibit_mark=read.mark,
        statement_marks="\n".join(read.lines),
        sections=["Documents"],
    )
    actions.add_exhibits(by=by, section=made.sections.get(), exhibits=documents)
    _built(made, by)


def _authorities(case: Case, by: Actor) -> None:
    """What the skeleton argument cites; a page says of each where only a summary is held."""
    skeleton = cited.skeletons(case.exhibits.select_related("filing"))[0]
    made = actions.create(
        by=by,
        case=case,
        title="Bundle of authorities",
        kind=Bundle.Kind.AUTHORITIES,
        hearing=case.hearings.get(),
        on_failure=Bundle.OnFailure.PLACEHOLDER,
    )
    found = [row.authority for row in cited.by(skeleton) if row.authority]
    actions.add_cited(by=by, bundle=made, authorities=found)
    _built(made, by)


def _built(bundle: Bundle, by: Actor) -> Version:
    asked = actions.ask_for_build(by=by, bundle=bundle)
    pipeline.run(asked.pk, by=by)
    asked.refresh_from_db()
    if asked.state != Build.State.BUILT:
        raise CheckFailed(f"{bundle} was not built: {asked.message}")
    return asked.version
