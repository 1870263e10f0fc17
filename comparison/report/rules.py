"""What the rules of court ask of an expert's report, and where this one answers.

Law: CPR 35.10; Practice Direction 35, paras 3.2 and 3.3; Federal Rules of Evidence 702; Federal Rules of
Civil Procedure 26(a)(2)(B). Written down from memory of the instruments and compared with no published text;
the report says so.
"""

UNVERIFIED = (
    "The rules are given in substance, except the statement of truth, which is meant to be in the words of "
    "para 3.3. Nobody has compared either with the published text; the expert should, before signing."
)
PLACES: tuple[tuple[str, str, str, bool], ...] = (
    ("PD 35, 3.2(1)", "The expert's qualifications", "qualifications", True),
    ("PD 35, 3.2(2)", "Literature and other material relied on", "more-literature", True),
    ("PD 35, 3.2(3)", "Facts and instructions on which the opinion rests", "instructions", True),
    ("PD 35, 3.2(4)", "Which facts are within the expert's own knowledge", "own-knowledge", True),
    ("PD 35, 3.2(5)", "Who carried out the tests, and under whose supervision", "tested-by", True),
    ("PD 35, 3.2(6)", "Range of opinion, and reasons for the expert's own", "range-of-opinion", True),
    ("PD 35, 3.2(7)", "Summary of the conclusions", "conclusions", True),
    ("PD 35, 3.2(8)", "Qualifications of the opinion", "limits", True),
    ("PD 35, 3.2(9)", "Understanding of the duty to the court", "duty", True),
    ("PD 35, 3.3", "Statement of truth", "truth", True),
    ("FRE 702", "Data, principles and methods, and their application", "reliability", False),
)
"""Rule, what it asks for, the key of where it stands, and whether the expert must supply it."""
DUTY = (
    "To be adopted or struck out by the expert: I understand that my duty is to help the court on "
    "matters within my expertise, and that this duty overrides any obligation to those who instruct or "
    "pay me. I have complied with it and will continue to. I am aware of the requirements of Part 35 of "
    "the Civil Procedure Rules, of Practice Direction 35 and of the Guidance for the Instruction of "
    "Experts in Civil Claims 2014."
)
TRUTH = (
    "To be adopted or struck out by the expert: I confirm that I have made clear which facts and matters "
    "referred to in this report are within my own knowledge and which are not. Those that are within my own "
    "knowledge I confirm to be true. The opinions I have expressed represent my true and complete "
    "professional opinions on the matters to which they refer. I understand that proceedings for contempt of "
    "court may be brought against anyone who makes, or causes to be made, a false statement in a document "
    "verified by a statement of truth without an honest belief in its truth."
)
RELIABILITY = (
    "Under Federal Rule of Evidence 702 the party that offers an expert shows the court that the "
    "testimony rests on sufficient facts or data, is the product of reliable principles and methods, "
    "and applies them reliably to the case. [[reliability-table]] collects what this record holds on "
    "each question that courts ask."
)
ONLY_THE_EXPERT = "To be completed by the expert"
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Can the method be tested, and has it been?",
        "Each was tried on models of known relation.",
        "[[controls]]",
    ),
    (
        "What is its known rate of error?",
        "{rates}",
        "[[controls]], [[strength]]",
    ),
    (
        "Are there standards that control its operation?",
        "Thresholds, correction for many tests, bounds of a ratio, and the verbal scale are fixed in "
        "the code, whose hash is recorded.",
        "[[strength]], [[environment]]",
    ),
    (
        "Was it published and reviewed by peers?",
        "The papers are named. Unchecked: which of them were reviewed, and by whom.",
        "[[literature]]",
    ),
    ("Is it generally accepted in its field?", ONLY_THE_EXPERT, "[[opinion]]"),
    (
        "Are the facts and data sufficient?",
        "{data}",
        "[[controls]], [[members]]",
    ),
    (
        "Was it applied reliably here?",
        "All figures were worked out again from the values measured. How to repeat the measurements is "
        "stated.",
        "[[environment]]",
    ),
)
RATES = "Among independent lineages left out in turn: {rates}."
NO_RATES = "None is known here: no test has a likelihood ratio that could be tried on models left out."
DATA = (
    "{independent} independent and {derived} derived lineages; {stratum} independent in the suspect's "
    "stratum."
)
NO_DATA = "There is no reference population."
CIVIL_26 = (
    "In the United States a report under Federal Rule of Civil Procedure 26(a)(2)(B) also states the "
    "expert's publications of the last ten years, the cases in which the expert gave evidence in the "
    "last four, and the compensation."
)
CIVIL_26_BLANK = "Publications, earlier evidence and compensation, where a court of the United States asks"
