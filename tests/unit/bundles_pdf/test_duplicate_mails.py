"""An e-mail is known again in what a later one quotes, however it was wrapped, marked and signed."""

import pytest

from bundles.pdf.duplicates.chains import chains
from bundles.pdf.duplicates.mail import read_mail
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.prints import Fingerprint

HEADERS = "From: {0}\nTo: {1}\nDate: 2 March 2026 10:00\nSubject: Training data for the March release\n"
BODY = """Tom,

The evaluation set that we were sent on Friday holds forty thousand dialogues which carry
the labels of the other side's model, and the licence file that should have come with it
is missing. Please ask them where it is before anybody trains on it."""
REWRAPPED = """Tom,
The evaluation set that we were sent on Friday holds forty thou-
sand dialogues which carry the labels of the other side's
model, and the licence file that should have come with it is
missing. Please ask them where it is before anybody trains on it."""
ANSWER = "I will ask today and hold the run until they answer, as the cluster is booked from Wednesday only."


def mail(*pages: str, sender: str = "Priya Nair <priya@example.org>") -> Fingerprint:
    headers = HEADERS.format(sender, "Tom Ashby <tom@example.org>")
    return Fingerprint(pages[0], "", (), read_mail([f"{headers}\n{pages[0]}", *pages[1:]]))


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join(mark + line for line in text.splitlines())


def found(earlier: Fingerprint, later: Fingerprint) -> list[Pair]:
    pairs = list(chains([("later", later), ("earlier", earlier)]))
    assert {(pair.spare, pair.kept) for pair in pairs} <= {("earlier", "later")}
    return pairs


@pytest.mark.parametrize(
    "quoted",
    [
        f"On Mon, 2 Mar 2026 at 10:00, Priya Nair <priya@example.org> wrote:\n{marked(REWRAPPED)}",
        f"On Mon, 2 Mar 2026 at 10:00, Priya\nNair <priya@example.org>\nwrote:\n{marked(REWRAPPED, '>> ')}",
        f"-----Original Message-----\n{REWRAPPED}",
        f"From: Priya Nair\nSent: 02 March 2026 10:00\nTo: Tom Ashby\nSubject: Training data\n\n{REWRAPPED}",
        f"________________________________\n{marked(REWRAPPED, '| ')}",
    ],
)
@pytest.mark.parametrize("signature", ["", "\n-- \nPriya Nair\nData counsel", "\nSent from my iPhone"])
def test_a_quoted_mail_is_known_again(quoted: str, signature: str) -> None:
    (pair,) = found(mail(BODY + signature), mail(f"{ANSWER}\n\n{quoted}", sender="Tom Ashby"))
    assert (pair.kind, pair.confidence, pair.pages) == ("email-chain", "almost certain", ((1, 1),))


def test_the_quotation_is_found_on_the_page_where_it_stands() -> None:
    later = mail(ANSWER, f"On Mon, 2 Mar 2026, Priya Nair wrote:\n{marked(BODY)}", sender="Tom Ashby")
    (pair,) = found(mail(BODY), later)
    assert pair.pages == ((1, 2),)


def test_a_mail_that_says_more_than_is_quoted_is_kept() -> None:
    longer = f"{BODY}\n\nFor the avoidance of doubt, nobody has agreed to pay for the labels either."
    assert found(mail(longer), mail(f"{ANSWER}\n\n{marked(BODY)}", sender="Tom Ashby")) == []


def test_the_same_words_said_and_not_quoted_are_no_chain() -> None:
    assert found(mail(BODY), mail(f"{ANSWER}\n\n{BODY}", sender="Tom Ashby")) == []


def test_a_short_mail_counts_only_where_its_sender_is_named() -> None:
    short = mail("Agreed, thank you.")
    named = mail(f"{ANSWER}\n\nOn Monday, Priya Nair wrote:\n> Agreed, thank you.", sender="Tom Ashby")
    other = mail(f"{ANSWER}\n\nOn Monday, Henry Penhallow wrote:\n> Agreed, thank you.", sender="Tom Ashby")
    (pair,) = found(short, named)
    assert pair.confidence == "possible"
    assert found(short, other) == []


def test_history_that_the_later_one_cut_off_is_said_to_be_missing() -> None:
    middle = mail(f"{ANSWER}\n\nOn Monday, Priya Nair wrote:\n{marked(BODY)}", sender="Tom Ashby")
    last = mail(f"Thanks, noted.\n\nOn Monday, Tom Ashby wrote:\n{marked(ANSWER)}")
    (pair,) = found(middle, last)
    assert pair.confidence == "likely"
    assert "What it quotes itself is not there in full." in pair.words


@pytest.mark.parametrize("text", ["", "Particulars of Claim\nFrom 2024 the parties traded.", BODY])
def test_other_documents_are_no_mails(text: str) -> None:
    assert read_mail([text]) is None
