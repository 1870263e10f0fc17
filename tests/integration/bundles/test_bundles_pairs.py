"""Confidential and redacted pairs, certificates and signatures."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.test import Client
from django.urls import reverse

from bundles import actions, signing
from bundles.models import Build, Bundle, RedactedCopy, Version, VersionFile
from cases.models import Case
from core import clock
from core.errors import IntegrityFailure, InvalidInput, Unavailable
from evidence.actions import exhibits
from evidence.models import Exhibit
from evidence.selectors import best_pdf
from evidence.storage import store
from tests.factories import ACTOR, an_exhibit

Built = Callable[..., Build]


@pytest.fixture
def secret(case: Case) -> Exhibit:
    """A confidential note, ready."""
    made = an_exhibit(case, b"The price is 412,000.\n", "secret.txt", ready=True)
    return exhibits.describe(
        by=ACTOR, exhibit=made, title="Secret", confidentiality=Exhibit.Confidentiality.CONFIDENTIAL
    )


@pytest.fixture
def holding(case: Case, secret: Exhibit) -> Bundle:
    """A bundle of the confidential note and an open one."""
    made = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Notes"])
    note = an_exhibit(case, b"An open note.\n", "open.txt", ready=True)
    actions.add_exhibits(by=ACTOR, section=made.sections.get(), exhibits=[secret, note])
    return made


def _redacted(exhibit: Exhibit, like: Exhibit, number: int = 1) -> RedactedCopy:
    """A copy that shows another document's page, so that it can be told from the original."""
    pdf = best_pdf(like)
    exhibits.close_original(by=ACTOR, exhibit=exhibit)
    return RedactedCopy.objects.create(
        exhibit=exhibit,
        number=number,
        state=RedactedCopy.State.MADE,
        boxes=[],
        asked_by="Priya Nair",
        asked_at=clock.now(),
        sha256=pdf.sha256,
        size=pdf.size,
        pages=pdf.pages,
    )


def _words(version: Version) -> str:
    with pypdfium2.PdfDocument(store().path(version.sha256)) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_a_pair_has_the_same_pages_and_those_outside_get_the_redacted_one(
    holding: Bundle, secret: Exhibit, built: Built, editor: Client, signed_in: Callable[[str], Client]
) -> None:
    with pytest.raises(InvalidInput, match="Secret") as refused:
        actions.ask_for_build(by=ACTOR, bundle=holding, variant=Build.Variant.REDACTED)
    assert refused.value.field == "variant"
    _redacted(secret, an_exhibit(holding.case, b"Blacked out.\n", "black.txt", ready=True))
    whole, redacted = built(holding).version, built(holding, variant=Build.Variant.REDACTED).version
    assert "412,000" in _words(whole)
    assert "412,000" not in _words(redacted)
    assert "Blacked out." in _words(redacted)
    where = [
        [(one["title"], one["first_page"], one["last_page"]) for one in version.report["entries"]]
        for version in (whole, redacted)
    ]
    assert where[0] == where[1]
    assert "confidential" in whole.file_name
    assert "redacted" in redacted.file_name
    page = editor.get(reverse("bundles:version", args=[holding.case_id, holding.pk, whole.number]))
    assert page.context["pair"] == redacted
    expert = signed_in("expert")
    for version, status in ((whole, 404), (redacted, 200)):
        address = reverse("bundles:version_file", args=[holding.case_id, holding.pk, version.number])
        answer = expert.get(address)
        assert answer.status_code == status
        b"".join(answer)  # read to its end, which closes the file
    _redacted(secret, secret, number=2)
    assert expert.get(address).status_code == 404, (
        "an earlier copy may show what was then found to have to go"
    )
    assert expert.get(reverse("api:bundle-versions", args=[holding.pk])).json() == []


def test_both_of_a_pair_are_asked_for_at_once(holding: Bundle, secret: Exhibit, editor: Client) -> None:
    _redacted(secret, secret)
    address = reverse("bundles:build_it", args=[holding.case_id, holding.pk])
    assert b"The redacted one" in editor.get(address).content
    assert editor.post(address, {"variant": "both", "on_failure": "stop"}).status_code == 302
    assert sorted(holding.builds.values_list("variant", flat=True)) == ["full", "redacted"]


@pytest.fixture
def version(holding: Bundle, built: Built) -> Version:
    return built(holding).version


@pytest.mark.parametrize(
    ("form", "words"), [("cpr-32", "contempt of court"), ("fre-902-14", "penalty of perjury")]
)
def test_a_certificate_names_every_source_by_its_hash(version: Version, form: str, words: str) -> None:
    kept = actions.certify(by=ACTOR, version=version, form=form)
    with pypdfium2.PdfDocument(store().path(kept.sha256)) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    flat = "".join(text.split())
    assert words in " ".join(text.split())
    assert version.sha256 in flat
    for exhibit in Exhibit.objects.filter(bundle_entries__section__bundle=version.bundle):
        assert exhibit.sha256 in flat
    assert actions.certify(by=ACTOR, version=version, form=form).number == 2


def test_an_altered_source_is_not_certified(version: Version, secret: Exhibit) -> None:
    path = store().path(secret.sha256)
    path.chmod(0o600)
    path.write_bytes(b"altered")
    with pytest.raises(IntegrityFailure, match="Secret"):
        actions.certify(by=ACTOR, version=version)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKCS#12 file with a certificate that vouches for itself."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Thornbury Vane LLP")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=private.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("key") / "key.p12"
    secret = serialization.BestAvailableEncryption(b"open sesame")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", private, made, None, secret))
    return path


def test_a_signed_copy_is_validated_and_a_changed_one_is_not(
    version: Version, key: Path, settings: Any, editor: Client, tmp_path: Path
) -> None:
    address = reverse("bundles:sign", args=[version.bundle.case_id, version.bundle_id, version.number])
    assert editor.post(address).status_code == 302
    assert not version.files.exists()
    settings.SIGNING_KEY, settings.SIGNING_PASSWORD = key, "wrong"
    with pytest.raises(Unavailable, match="does not open"):
        actions.sign(by=ACTOR, version=version)
    settings.SIGNING_PASSWORD = "open sesame"
    assert editor.post(address).status_code == 302
    signed = version.files.get(kind=VersionFile.Kind.SIGNED)
    assert "Thornbury Vane LLP" in signed.report["signer"]
    content = store().path(signed.sha256).read_bytes()
    assert content.startswith(store().path(version.sha256).read_bytes())
    for wrong in (content + b"\n% more", content.replace(b"/Count", b"/CounT", 1)):
        path = tmp_path / "changed.pdf"
        path.write_bytes(wrong)
        with pytest.raises(IntegrityFailure):
            signing.validate(path)
    page = editor.get(reverse("bundles:version", args=[version.bundle.case_id, version.bundle_id, 1]))
    assert b"a certificate that vouches for itself" in page.content
