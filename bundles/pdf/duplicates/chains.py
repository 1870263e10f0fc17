"""E-mails whose words all stand in what a later e-mail quotes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bundles.pdf.duplicates.pair import Confidence, Pair
from bundles.pdf.duplicates.prints import Fingerprint, MailPrint

CONTAINED = 0.85  # part of an e-mail's runs found in a quotation, below which it is not the same e-mail
VERBATIM = 0.98
SHORT = 12  # words below which "Agreed, thank you" could be anybody's

Mails = list[tuple[str, MailPrint]]


def chains(documents: Sequence[tuple[str, Fingerprint]]) -> Iterator[Pair]:
    """Each e-mail that a later one contains, paired with the one that contains the most besides."""
    mails = [(key, made.mail) for key, made in documents if made.mail and made.mail.own_words]
    quoting: dict[int, set[int]] = defaultdict(set)
    for nth, (_, mail) in enumerate(mails):
        for run in {run for page in mail.quoted for run in page}:
            quoting[run].add(nth)
    for nth, (_, mail) in enumerate(mails):
        longest = _containing(mails, nth, mail, quoting)
        if longest is not None:
            yield _pair(mails[nth], mails[longest])


def _containing(mails: Mails, nth: int, mail: MailPrint, quoting: dict[int, set[int]]) -> int | None:
    own = _all(mail.own)
    counted = Counter(other for run in own for other in quoting.get(run, ()) if other != nth)
    enough = [other for other, shared in counted.items() if shared >= CONTAINED * len(own)]
    if mail.own_words < SHORT:
        enough = [other for other in enough if _names(mails[other][1], mail)]
    return max(enough, key=lambda other: len(_all(mails[other][1].quoted)), default=None)


def _names(later: MailPrint, mail: MailPrint) -> bool:
    """Whether the later one says that it quotes this one's sender."""
    return bool(mail.sender) and any(mail.sender in line for line in later.names)


def _pair(mail: tuple[str, MailPrint], later: tuple[str, MailPrint]) -> Pair:
    (key, earlier), (kept, there) = mail, later
    own, history, quoted = _all(earlier.own), _all(earlier.quoted), _all(there.quoted)
    part = len(own & quoted) / len(own)
    complete = not history or len(history & quoted) >= CONTAINED * len(history)
    confidence: Confidence = "almost certain" if part >= VERBATIM and complete else "likely"
    if earlier.own_words < SHORT:
        confidence = "possible"
    said = "All that this e-mail says stands in what the later one quotes"
    if part < VERBATIM:
        said = f"{part:.0%} of what this e-mail says stands in what the later one quotes"
    said += ", with the e-mails that it quotes itself." if history and complete else "."
    if not complete:
        said += " What it quotes itself is not there in full."
    return Pair(
        "email-chain", key, kept, confidence, f"{said} Attachments are not compared.", _pages(earlier, there)
    )


def _pages(earlier: MailPrint, later: MailPrint) -> tuple[tuple[int, int], ...]:
    """Each page of the earlier one beside the page of the later one that holds most of it."""
    beside = []
    for number, (own, quoted) in enumerate(zip(earlier.own, earlier.quoted, strict=True), 1):
        shared = [len({*own, *quoted} & set(page)) for page in later.quoted]
        most = max(shared)
        if most:
            beside.append((number, shared.index(most) + 1))
    return tuple(beside)


def _all(pages: tuple[tuple[int, ...], ...]) -> set[int]:
    return {run for page in pages for run in page}
