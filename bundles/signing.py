"""A PAdES signature over a bundle's whole file, validated again before anybody gets it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from core.errors import Conflict, IntegrityFailure, Unavailable

FIELD = "AssizeSignature"
WHAT_TO_DO = "Ask whoever runs this installation to name a PKCS#12 file in ASSIZE_SIGNING_KEY."


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was found intact: whose it is and when it was made.

    Args:
        signer: the certificate's subject.
        issuer: who issued it; the same as the signer where it vouches for itself.
        serial: its number, in hexadecimal.
        certificate_sha256: of the certificate.
        at: when it was signed, by the clock of the machine that did; no time-stamping service was asked.
        trusted: whether the certificate was checked against anybody's list; never, here.
    """

    signer: str
    issuer: str
    serial: str
    certificate_sha256: str
    at: datetime | None
    trusted: bool = False


def available() -> bool:
    """Whether a key is configured; whether it opens is seen when it is used."""
    return settings.SIGNING_KEY is not None


def sign(source: Path, out: Path, *, reason: str) -> Signed:
    """The signed copy stands at ``out``: the same pages with an invisible signature over all of the file.

    Args:
        source: the bundle as built.
        out: where the signed copy goes.
        reason: why it is signed, in words a reader of the signature sees.

    Raises:
        Conflict: no key is configured.
        Unavailable: it does not open.
        IntegrityFailure: the signature just made does not validate.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    signer = _signer()
    said = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    with source.open("rb") as unsigned, out.open("w+b") as signed:
        writer = IncrementalPdfFileWriter(unsigned, strict=False)
        signers.PdfSigner(said, signer).sign_pdf(writer, output=signed)
    return validate(out)


def validate(path: Path) -> Signed:
    """Whose signature covers the whole of the file.

    Raises:
        IntegrityFailure: there is none, it does not fit the file, or bytes stand outside it.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    with path.open("rb") as file:
        signatures = PdfFileReader(file, strict=False).embedded_signatures
        if not signatures:
            raise IntegrityFailure("The file carries no signature.", remedy="Sign it again.")
        own = signatures[-1].signer_cert
        context = ValidationContext(trust_roots=[own], allow_fetching=False)
        status = validate_pdf_signature(signatures[-1], context)
        if not (status.intact and status.valid) or status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
            raise IntegrityFailure(
                "The signature does not fit the file that it was made for.", remedy="Sign it again."
            )
        return Signed(
            signer=own.subject.human_friendly,
            issuer=own.issuer.human_friendly,
            serial=f"{own.serial_number:x}",
            certificate_sha256=own.sha256.hex(),
            at=status.signer_reported_dt,
        )


def _signer() -> Any:
    from pyhanko.sign import signers

    if settings.SIGNING_KEY is None:
        raise Conflict("No key for signatures is configured.", remedy=WHAT_TO_DO)
    passphrase = settings.SIGNING_PASSWORD.encode() or None
    signer = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
        str(settings.SIGNING_KEY), passphrase=passphrase
    )
    if signer is None:
        raise Unavailable(
            "The key for signatures does not open.",
            remedy="Check ASSIZE_SIGNING_KEY and ASSIZE_SIGNING_PASSWORD.",
        )
    return signer
