"""The expert's report, laid out from a comparison's record."""
