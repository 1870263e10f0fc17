"""Messages as Outlook and mail programs keep them: headers, text, and what came with them."""

import mailbox
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from core.errors import NotConverted
from evidence.files import sniff
from evidence.files.limits import Limits
from tests.integration.evidence_files.conftest import Convert, Words
from tests.integration.evidence_files.outlook_file import Item, message_file
from tests.integration.evidence_files.test_convert_made import PNG, message

_SUBJECT, _BODY, _HTML, _SENDER, _SENDER_ADDRESS = 0x0037, 0x1000, 0x1013, 0x0C1A, 0x0C1F
_NAME, _ADDRESS, _KIND, _METHOD = 0x3001, 0x3003, 0x0C15, 0x3705
_FILE, _DATA, _CONTENT_ID = 0x3707, 0x3701, 0x3712


def outlook() -> bytes:
    inner = Item(texts={_SUBJECT: "Weights", _BODY: "The checkpoint\r\nis attached.", _SENDER: "Eve"})
    inner.inside["__attach_version1.0_#00000000"] = Item(
        texts={_FILE: "lumen.txt"}, content={_DATA: b"lumen"}
    )
    mail = Item(
        texts={_SUBJECT: "Fwd: Weights", _SENDER: "Ann Ash", _SENDER_ADDRESS: "ann@example.org"},
        content={_HTML: b'<p>See <b>below</b> <img src="cid:logo"><img src="https://track.example/x"></p>'},
    )
    for number, (name, kind) in enumerate([("Bob Oak", 1), ("Counsel", 2)]):
        mail.inside[f"__recip_version1.0_#0000000{number}"] = Item(
            texts={_NAME: name, _ADDRESS: f"{name.split()[0].lower()}@example.org"}, numbers={_KIND: kind}
        )
    attached = [
        Item(texts={_FILE: "../calls.csv"}, content={_DATA: b"a,b\n" * 2000}),
        Item(texts={_FILE: "logo.png", _CONTENT_ID: "logo", 0x370E: "image/png"}, content={_DATA: PNG}),
        Item(numbers={_METHOD: 5}, inside={"__substg1.0_3701000D": inner}),
    ]
    for number, item in enumerate(attached):
        mail.inside[f"__attach_version1.0_#0000000{number}"] = item
    return message_file(mail)


def test_an_outlook_message_shows_its_headers_and_hands_over_what_came_with_it(
    convert: Convert, words: Words, tmp_path: Path
) -> None:
    content = outlook()
    path = tmp_path / "mail"
    path.write_bytes(content)
    assert sniff.sniff(path) == sniff.MSG
    made = convert("mail.msg", content)
    text = words(made.pdf)
    for shown in (
        'From "Ann Ash" <ann@example.org>',
        "To Bob Oak <bob@example.org>",
        "Cc Counsel <counsel@example.org>",
        "Subject Fwd: Weights",
        "Attachments ../calls.csv; Weights.eml",
        "See below",
    ):
        assert shown in text
    assert [each.name for each in made.attachments] == ["calls.csv", "Weights.eml"]
    assert made.attachments[0].path.read_bytes() == b"a,b\n" * 2000
    assert made.notes == ("Not loaded, because it is not part of the file: https://track.example/x",)
    inner = message_from_bytes(made.attachments[1].path.read_bytes(), policy=policy.default)
    assert inner["Subject"] == "Weights"
    body = inner.get_body()
    assert body is not None
    assert body.get_content().split() == ["The", "checkpoint", "is", "attached."]
    assert [part.get_filename() for part in inner.iter_attachments()] == ["lumen.txt"]


def test_a_real_outlook_message_is_read(corpus: Path, convert: Convert, words: Words) -> None:
    text = words(convert(corpus / "intake" / "piste.msg").pdf)
    assert "Subject Ab auf die Piste!" in text
    assert "Tirol: 4*-Hotel mitten im Skigebiet" in text


def test_a_damaged_outlook_message_is_named(convert: Convert) -> None:
    subject = "__substg1.0_0037001F".encode("utf-16-le")
    with pytest.raises(NotConverted) as refused:
        convert("mail.msg", outlook().replace(subject, bytes(len(subject))))
    assert refused.value.reason == "broken"


def _mailbox(folder: Path) -> bytes:
    path = folder / "box"
    box = mailbox.mbox(path)
    for number in (1, 2):
        mail = message(
            From="Ann Ash <ann@example.org>", To="bob@example.org", Subject=f"Part {number}: £5/day"
        )
        mail.set_content("It began so.\nFrom the start it was clear.\n")
        box.add(mail)
    box.close()
    return path.read_bytes()


def test_each_message_of_a_mailbox_is_a_file_of_its_own(
    convert: Convert, words: Words, tmp_path: Path
) -> None:
    made = convert("inbox.mbox", _mailbox(tmp_path))
    text = words(made.pdf)
    assert "inbox.mbox 2 messages" in text
    assert "Part 2: £5/day" in text
    assert [each.name for each in made.attachments] == ["0001 Part 1: £5-day.eml", "0002 Part 2: £5-day.eml"]
    first = convert(made.attachments[0].path)
    assert "From the start it was clear." in words(first.pdf)
    assert "Subject Part 1: £5/day" in words(first.pdf)


def test_a_mailbox_of_too_many_messages_is_refused_with_the_limit(convert: Convert, tmp_path: Path) -> None:
    with pytest.raises(NotConverted, match="at most 1 are taken in") as refused:
        convert("inbox.mbox", _mailbox(tmp_path), limits=Limits(messages=1))
    assert refused.value.reason == "too-large"
