"""Keys that a matter knows, jobs that leave it signed, and signed files that are kept in it."""

from django.db import transaction

from cases.models import Case
from comparison import signed
from comparison.evaluation.job import read_job
from comparison.models import Comparison, ComparisonJob, SignedFile, SignerKey
from comparison.selectors import exhibits_of, stored_files
from comparison.signing import Signature, read_public_key, read_signature, sign
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.keys import fingerprint
from evidence.actions.exhibits import add_stored
from evidence.files.store import Stored
from evidence.models import Exhibit
from ledger.actions import record


@transaction.atomic
def record_key(*, by: Actor, case: Case, public_key: str, name: str, obtained_how: str) -> SignerKey:
    """The matter knows whose this public key is.

    Args:
        by: who recorded it.
        case: the matter.
        public_key: ``ed25519:`` and 64 digits, as ``python -m comparison key`` prints it.
        name: whose it is.
        obtained_how: by which way it came, and how it was compared with its owner.

    Raises:
        InvalidInput: it is no public key, or this installation's own, or a word is missing.
        Conflict: the matter knows it already.
    """
    name, obtained_how = name.strip(), obtained_how.strip()
    for field, value in (("name", name), ("obtained_how", obtained_how)):
        if not value:
            raise InvalidInput("Say whose key this is and how you know.", remedy="Fill in both.", field=field)
    if name.casefold() == signed.OWN.casefold():
        raise InvalidInput(
            f"“{signed.OWN}” is what this machine's own key is called.",
            remedy="Say whose it is.",
            field="name",
        )
    key = read_public_key(public_key)
    print_of_it = fingerprint(key)
    if print_of_it == fingerprint(signed.installation_key().public_key()):
        raise InvalidInput(
            "This is this installation's own key, which is recorded when it first signs.",
            remedy="Paste the key of whoever else signs.",
            field="public_key",
        )
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    there = case.signer_keys.filter(fingerprint=print_of_it).first()
    if there is not None and there.withdrawn_at:
        raise Conflict(
            f"This key was withdrawn here, because {there.withdrawn_because}",
            remedy="Whoever signs makes another.",
        )
    if there is not None:
        raise Conflict("This key is recorded already.", remedy="Look it up in the list.")
    made = SignerKey.objects.create(
        case=case, name=name, public_key=key.public_bytes_raw().hex(), fingerprint=print_of_it,
        obtained_how=obtained_how, recorded_at=clock.now(), recorded_by=by.label,
    )  # fmt: skip
    facts = {"fingerprint": print_of_it, "obtained_how": obtained_how}
    record(chain=case.chain, by=by, verb="recorded the key of", thing=made, facts=facts)
    return made


@transaction.atomic
def withdraw_key(*, by: Actor, key: SignerKey, because: str) -> SignerKey:
    """Whatever comes from now on signed by this key is no longer of a known signer; what came before is.

    Args:
        by: who withdraws it.
        key: recorded in a matter.
        because: why, such as that somebody else may have read it.

    Raises:
        InvalidInput: no reason.
        Conflict: it is withdrawn already, or this installation signs with it.
    """
    because = because.strip()
    if not because:
        raise InvalidInput("A withdrawal has a reason.", remedy="Write why it is withdrawn.", field="because")
    key = SignerKey.objects.select_for_update(of=("self",), no_key=True).get(pk=key.pk)
    if key.withdrawn_at:
        raise Conflict("This key is withdrawn already.", remedy="Nothing needs to be done.")
    if key.fingerprint == fingerprint(signed.installation_key().public_key()):
        raise Conflict(
            "This installation signs with this key.",
            remedy="Whoever keeps the machine puts another in its place first.",
        )
    key.withdrawn_at, key.withdrawn_by, key.withdrawn_because = clock.now(), by.label, because
    key.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    facts = {"fingerprint": key.fingerprint, "because": because}
    record(chain=key.case.chain, by=by, verb="withdrew the key of", thing=key, facts=facts)
    return key


@transaction.atomic
def export_job(*, by: Actor, job: ComparisonJob) -> Signature:
    """This installation's signature over the job, which leaves the matter with the files that it names.

    Raises:
        Conflict: the job is a draft.
        IntegrityFailure: a file that it names is missing from the store; nothing left the matter.
    """
    if not job.registered:
        raise Conflict("Only a registered comparison is exported.", remedy="Register it first.")
    stored_files(read_job(job.content.encode()))
    made = own_signature(by=by, case=job.case, sha256=job.sha256)
    facts = {"sha256": job.sha256, "fingerprint": made.fingerprint, "signed_at": made.signed_at}
    record(chain=job.case.chain, by=by, verb="exported the comparison", thing=job, facts=facts)
    for exhibit in exhibits_of(job).values():
        facts = {"job_sha256": job.sha256, "sha256": exhibit.sha256}
        record(chain=job.case.chain, by=by, verb="exported, with a comparison,", thing=exhibit, facts=facts)
    return made


@transaction.atomic
def own_signature(*, by: Actor, case: Case, sha256: str) -> Signature:
    """This installation's signature over a file of this hash; the matter knows the key from then on."""
    made = sign(sha256, signed.installation_key())
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not case.signer_keys.filter(fingerprint=made.fingerprint).exists():
        key = SignerKey.objects.create(
            case=case, name=signed.OWN, public_key=made.public_key, fingerprint=made.fingerprint,
            obtained_how="Made and kept on this machine.", recorded_at=clock.now(), recorded_by=by.label,
        )  # fmt: skip
        facts = {"fingerprint": made.fingerprint, "obtained_how": key.obtained_how}
        record(chain=case.chain, by=by, verb="recorded the key of", thing=key, facts=facts)
    return made


@transaction.atomic
def keep_signed(
    *,
    by: Actor,
    comparison: Comparison,
    kind: SignedFile.Kind,
    stored: Stored,
    name: str,
    signature: str,
    made_from: Exhibit | None = None,
) -> SignedFile:
    """A stored file of the comparison is an exhibit, its signature beside it.

    Args:
        by: who received or made it.
        comparison: whose file it is.
        kind: which of its files.
        stored: the file.
        name: the file's own name.
        signature: text of its ``.sig`` file; empty where it has none.
        made_from: an exhibit of which it tells, and as which it is closed; None where it tells of none.
    """
    title = f"{kind.label} of the comparison: {comparison}"
    exhibit = add_stored(
        by=by, case=comparison.case, stored=stored, name=name, title=title, closed_as=made_from
    )
    return attach_signature(by=by, comparison=comparison, kind=kind, exhibit=exhibit, signature=signature)


@transaction.atomic
def attach_signature(
    *, by: Actor, comparison: Comparison, kind: SignedFile.Kind, exhibit: Exhibit, signature: str
) -> SignedFile:
    """As ``keep_signed``, of a file that is an exhibit already."""
    signer = read_signature(signature.encode()).fingerprint if signature else ""
    made = SignedFile.objects.create(
        comparison=comparison, kind=kind, exhibit=exhibit, signature=signature, fingerprint=signer,
        kept_at=clock.now(),
    )  # fmt: skip
    facts = {"sha256": exhibit.sha256, "fingerprint": signer, "exhibit": exhibit.number}
    record(chain=comparison.case.chain, by=by, verb="kept", thing=made, facts=facts)
    return made
