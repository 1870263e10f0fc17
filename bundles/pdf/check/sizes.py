"""How large the file is: EW-14, EW-15, CE-02, CC-01, US-05 and 9C-01."""

from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, failed, faulted, not_applicable, passed, unverified, warned
from bundles.pdf.check.series import shift

MIB = 2**20
MEGABYTE = 1_000_000


def of_channels(bundle: Bundle, rule: str) -> Finding:
    """The file fits each way of delivery that the rule names; too large for one of them is a warning."""
    channels = [channel for channel in bundle.profile.limits.channels if channel.rule == rule]
    if not channels:
        return not_applicable("The profile names no way of delivery with a limit of this kind.")
    over = [channel.name for channel in channels if bundle.size > channel.mib * MIB]
    if over:
        return warned(f"The file has {size_of(bundle)}: too large {'; '.join(over)}.")
    return passed(f"The file has {size_of(bundle)}, small enough {'; '.join(c.name for c in channels)}.")


def ce_file(bundle: Bundle) -> Finding:
    """CE-02: a document that is filed is small enough; a hearing bundle is not filed that way."""
    found = of_channels(bundle, "CE-02")
    if found.status == "warn" and index_rows(bundle):
        return not_applicable(
            f"{found.detail} A hearing bundle is not filed there, and this one has an index."
        )
    return found


def one_file(bundle: Bundle) -> Finding:
    """CC-01: what is larger than one file may be was divided."""
    most = bundle.profile.limits.volume_mib
    if most is None or bundle.size <= most * MIB:
        return passed(f"The file has {size_of(bundle)} and may stay one file.")
    return failed(f"The file has {size_of(bundle)}: divide it between documents into several PDFs.")


def volume(bundle: Bundle) -> Finding:
    """9C-01: pages and size of a volume are within the limits, and the index stands apart."""
    limits, faults = bundle.profile.limits, []
    pages = len(bundle.leaves)
    if limits.volume_pages and pages > limits.volume_pages:
        faults.append(f"a volume has at most {limits.volume_pages} pages, this one {pages}")
    if limits.volume_mib and bundle.size > limits.volume_mib * MIB:
        faults.append(f"the file has {size_of(bundle)}, too large for a volume")
    rows = index_rows(bundle)
    # A later volume may begin with contents of its own.
    if limits.index_volume and rows and max(row.page for row in rows) < pages and not shift(bundle):
        faults.append("the index stands in the same volume as the documents")
    if faults:
        return faulted(faults, {row.page for row in rows} if "index" in faults[-1] else ())
    return unverified(
        f"{pages} pages and {size_of(bundle)} are within a volume's limits; whether the index is "
        "a volume of its own, one file does not show."
    )


def size_of(bundle: Bundle) -> str:
    """The file's size in words, in millions of bytes, as courts state theirs."""
    return f"{bundle.size / MEGABYTE:,.1f} MB"
