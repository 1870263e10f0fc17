"""Documents of one invented dispute, as their pages would be extracted."""

from dataclasses import dataclass
from datetime import date

from evidence.reading import CourtPattern, KnownParty, Proposals, propose

TODAY = date(2026, 11, 20)
CLAIM_NUMBER = "IL-2026-000123"
COURTS = (
    CourtPattern("ewhc-ch-ip", "the Intellectual Property List", r"^IL-20\d{2}-\d{6}$"),
    CourtPattern("ewhc-comm", "the Commercial Court", r"^CL-20\d{2}-\d{6}$"),
)
PARTIES = (
    KnownParty("aurelia", "Aurelia Laboratories Limited", "claimant", ("Aurelia",)),
    KnownParty("baiyun", "Baiyun Cloud (Singapore) Pte Ltd", "defendant", ("Baiyun", "Baiyun Cloud")),
    KnownParty("northgate", "Northgate Compute Ltd", "defendant", ("Northgate",)),
)


@dataclass(frozen=True)
class TextLine:
    number: int
    text: str
    start: int


@dataclass(frozen=True)
class TextPage:
    number: int
    text: str
    lines: tuple[TextLine, ...]


def pages_of(text: str) -> list[TextPage]:
    """Pages are parted by form feeds."""
    pages = []
    for number, page in enumerate(text.split("\f"), 1):
        lines, start = [], 0
        for index, line in enumerate(page.split("\n"), 1):
            lines.append(TextLine(index, line, start))
            start += len(line) + 1
        pages.append(TextPage(number, page, tuple(lines)))
    return pages


def read(text: str, *, filename: str = "", parties: tuple[KnownParty, ...] = PARTIES) -> Proposals:
    """Proposals, after checking that each quote is exactly where it is said to stand."""
    pages = pages_of(text)
    found = propose(
        pages, parties=parties, claim_number=CLAIM_NUMBER, courts=COURTS, filename=filename, today=TODAY
    )
    for proposal in (found.kind, found.party, found.date, found.claim_number, found.title):
        if proposal is not None and proposal.page is not None:
            page = pages[proposal.page - 1]
            assert page.text[proposal.start : proposal.end] == proposal.quote != ""
            assert proposal.line is not None
            assert proposal.quote in page.lines[proposal.line - 1].text
    return found


BETWEEN = """
BETWEEN:
AURELIA LABORATORIES LIMITED
Claimant
- and -
(1) BAIYUN CLOUD (SINGAPORE) PTE LTD
(2) NORTHGATE COMPUTE LTD
Defendants
"""
COURT_HEAD = """IN THE HIGH COURT OF JUSTICE
BUSINESS AND PROPERTY COURTS OF ENGLAND AND WALES
INTELLECTUAL PROPERTY LIST (ChD)
                                   Claim No. IL-2026-000123"""

CLAIM_FORM = """Claim Form
In the High Court of Justice
Intellectual Property List
Fee Account no.
Claim no. IL-2026-000123
Issue date 3 September 2026
Claimant(s) name(s) and address(es) including postcode
Aurelia Laboratories Limited
4 Tabernacle Row, London EC2A 4QR
Defendant(s) name and address(es) including postcode
Baiyun Cloud (Singapore) Pte Ltd
Brief details of claim
Copyright infringement and breach of confidence by copying the weights of Lumen 2.
You must indicate your preferred County Court Hearing Centre
\fParticulars of Claim (to follow)
Statement of Truth
I am duly authorised by the claimant to sign this statement.
Signed
Claimant's legal representative
Date
Day Month Year
02 09 2026
N1 Claim form (CPR Part 7) (12.24)"""

PARTICULARS = f"""{COURT_HEAD}
{BETWEEN}
PARTICULARS OF CLAIM
1. The Claimant is a company which develops large language models.
2. On 14 March 2025 the First Defendant opened an account for the Claimant's API.
\f3. On 1 June 2026 the Defendants released Baihe 3.
STATEMENT OF TRUTH
The Claimant believes that the facts stated in these Particulars of Claim are true.
Signed: H Park
Dated this 4th day of September 2026
Solicitors for the Claimant: Whitlock Marsh LLP"""

DEFENCE_AND_COUNTERCLAIM = f"""{COURT_HEAD}
{BETWEEN}
DEFENCE AND COUNTERCLAIM
OF THE SECOND DEFENDANT
DEFENCE
1. Save as admitted below, each allegation in the Particulars of Claim dated 4 September 2026 is denied.
\fCOUNTERCLAIM
20. The Second Defendant repeats the Defence.
Dated: 2 October 2026"""

N244 = """N244
Application notice
Name of court High Court of Justice, Intellectual Property List
Claim no. IL-2026-000123
Fee account no.
Claimant's name (including ref.) Aurelia Laboratories Limited
Defendant's name (including ref.) Baiyun Cloud (Singapore) Pte Ltd
Date 9 September 2026
1. What is your name or, if you are a legal representative, the name of your firm?
Whitlock Marsh LLP
2. Are you a Claimant or a Defendant?
If you are a legal representative whom do you represent? Solicitors for the Claimant
3. What order are you asking the court to make and why?
An interim injunction. A draft order is attached."""

WITNESS_STATEMENT = f"""On behalf of the Claimant
H Park
First
HP1
14 September 2026
{COURT_HEAD}
{BETWEEN}
FIRST WITNESS STATEMENT OF DR HELENA PARK
I, Dr Helena Park, of 4 Tabernacle Row, will say as follows:
1. I make this statement on behalf of the Claimant in support of the application dated 9 September 2026.
\fStatement of truth
I believe that the facts stated in this witness statement are true."""

LETTER = """Whitlock Marsh LLP
12 Gough Square
London EC4A 3DE
Our ref: WM/4471
17 August 2026
Baiyun Cloud (Singapore) Pte Ltd
Dear Sirs,
Lumen 2: copying of model weights
We act for Aurelia Laboratories Limited. On 1 June 2026 you released Baihe 3.
PARTICULARS OF CLAIM
will be served unless you reply by 31 August 2026.
Yours faithfully,
Whitlock Marsh LLP"""

EMAIL = """From: Mei Tan <mei.tan@baiyun-cloud.example>
To: Helena Park <helena.park@aurelia.example>
Date: Mon, 14 Sep 2026 10:22:31 +0100
Subject: API access on 3 March 2025

Dear Helena,
We looked at the calls of 3 March 2025.
Kind regards"""

ORDER = f"""{COURT_HEAD}
Before the Honourable Mr Justice Fenwick
29 September 2026
{BETWEEN}
ORDER
UPON the application of the Claimant by notice dated 9 September 2026
IT IS ORDERED THAT:
1. The Defendants must preserve all logs."""

EXPERT_REPORT = f"""{COURT_HEAD}
{BETWEEN}
EXPERT REPORT OF PROFESSOR JAMES RATCLIFFE
On behalf of the First Defendant
Dated: 26 October 2026
1. I have been asked to compare the weights.
\fI understand my duty to the court."""

SCANNED_LETTER = """WHITL0CK MARSH LLP
l2 Gough Square
Our ref: WM/447l
Claim No: IL-2O26-000l23
l7 Septernber 2O26
Dear Sirs,
We act for Aurelia Laborator1es Limited and write further to our call.
Yours faithfully,"""
