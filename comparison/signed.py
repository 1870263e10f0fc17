"""What is known of the signatures of a matter's comparisons: whose they are, and whether they hold."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from cases.models import Case
from comparison.models import Comparison, ComparisonJob, SignedFile, SignerKey
from comparison.signing import Checked, Outcome, check
from core.keys import key_at

UNSIGNED = "Not signed: checked by nobody."
OWN = "This installation"
WITHDRAWN = (
    "Signed by the key {fingerprint}, and unaltered since; but that key, recorded as {name}, was withdrawn "
    "before the file came, {told}"
)
NOT_COMPARED = (
    " Whether it was made from this record is for its reader to see: its first page names the record’s hash."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of a comparison and what its signature says.

    Args:
        file: the file as kept; None for a record of which only the content was taken.
        outcome: of checking it.
        words: the outcome in sentences.
        key: whose key signed it; None where nobody recorded that, or it was withdrawn before the file came.
        withdrawn: whether it was.
    """

    file: SignedFile | None
    outcome: Outcome
    words: str
    key: SignerKey | None = None
    withdrawn: bool = False


def installation_key() -> Ed25519PrivateKey:
    """The key with which this installation signs, made on first use."""
    folder: Path = settings.KEYS_ROOT
    return key_at(folder / "comparison.pem")


def known(case: Case) -> dict[str, str]:
    """The names of those whose keys the matter knows, by fingerprint; withdrawn ones, too."""
    return dict(case.signer_keys.values_list("fingerprint", "name"))


def standing_names(case: Case) -> list[str]:
    """The names of those whose keys the matter knows and nobody withdrew."""
    return list(case.signer_keys.filter(withdrawn_at=None).values_list("name", flat=True))


def checked(file: SignedFile) -> Checked:
    """What the signature of a kept file says, by its exhibit's hash and the keys of its matter."""
    content = file.signature.encode() if file.signature else None
    return check(file.exhibit.sha256, content, known(file.comparison.case))


def standings(comparison: Comparison) -> list[Standing]:
    """The files of a comparison with what their signatures say; one without files where none was kept.

    A comparison of hashes that was made here has no file, and nothing to sign.
    """
    keys = {key.fingerprint: key for key in comparison.case.signer_keys.all()}
    files = comparison.signed_files.select_related("exhibit", "comparison__case__court")
    told = [_standing(file, keys) for file in files]
    if not told and comparison.detail.get("record_sha256"):
        return [Standing(None, Outcome.UNSIGNED, UNSIGNED)]
    return told


def _standing(file: SignedFile, keys: dict[str, SignerKey]) -> Standing:
    found = checked(file)
    if found.outcome is Outcome.UNSIGNED:
        return Standing(file, found.outcome, UNSIGNED)
    key = keys.get(file.fingerprint) if found.outcome is Outcome.GOOD else None
    if key is None:
        return Standing(file, found.outcome, found.words)
    told = _withdrawal(key, file)
    if key.withdrawn_at and key.withdrawn_at <= file.kept_at:
        words = WITHDRAWN.format(fingerprint=key.fingerprint, name=key.name, told=told)
        return Standing(file, Outcome.UNKNOWN_KEY, words, withdrawn=True)
    words = found.words
    if key.recorded_at > file.kept_at:
        words += " The key was recorded only after the file had come."
    if key.withdrawn_at:
        words += f" The key was withdrawn after the file had come, {told}"
    if file.kind == SignedFile.Kind.REPORT and key.name != OWN:
        words += NOT_COMPARED
    return Standing(file, found.outcome, words, key)


def _withdrawal(key: SignerKey, file: SignedFile) -> str:
    """When, by whom and why the key was withdrawn; empty where it was not."""
    if key.withdrawn_at is None:
        return ""
    at = key.withdrawn_at.astimezone(file.comparison.case.court.zone)
    return f"on {at:%-d %B %Y, %H:%M}, by {key.withdrawn_by}: {key.withdrawn_because.rstrip('.')}."


def job_of(comparison: Comparison) -> ComparisonJob | None:
    """The registered job that the comparison answers, by the hash in its record; None where there is none."""
    job = comparison.result["manifest"].get("job") or {}
    found = comparison.case.comparison_jobs.filter(sha256=job.get("sha256") or "-")
    return found.first()
