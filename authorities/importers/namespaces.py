"""The XML namespaces of published judgments."""

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ROOT = f"{AKN}akomaNtoso"
NAMESPACES = {"akn": AKN.strip("{}"), "uk": "https://caselaw.nationalarchives.gov.uk/akn"}
