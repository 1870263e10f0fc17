"""The kinds of document that parties and courts put on a file."""

from enum import StrEnum


class FilingKind(StrEnum):
    """What a document on the docket is, in the words of the Civil Procedure Rules."""

    CLAIM_FORM = "claim-form"
    PARTICULARS_OF_CLAIM = "particulars-of-claim"
    ACKNOWLEDGEMENT_OF_SERVICE = "acknowledgement-of-service"
    DEFENCE = "defence"
    DEFENCE_AND_COUNTERCLAIM = "defence-and-counterclaim"
    COUNTERCLAIM = "counterclaim"
    REPLY = "reply"
    REPLY_AND_DEFENCE_TO_COUNTERCLAIM = "reply-and-defence-to-counterclaim"
    APPLICATION_NOTICE = "application-notice"
    DRAFT_ORDER = "draft-order"
    ORDER = "order"
    WITNESS_STATEMENT = "witness-statement"
    EXHIBIT = "exhibit"
    EXPERT_REPORT = "expert-report"
    SKELETON_ARGUMENT = "skeleton-argument"
    DISCLOSURE_LIST = "disclosure-list"
    LETTER = "letter"
    EMAIL = "email"
    CERTIFICATE_OF_SERVICE = "certificate-of-service"
    NOTICE = "notice"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as people write it, with its first letter large."""
        return _LABELS.get(self, self.value.replace("-", " ").capitalize())


_LABELS = {
    FilingKind.EMAIL: "E-mail",
    FilingKind.EXPERT_REPORT: "Expert’s report",
    FilingKind.OTHER: "Other document",
}
