"""The sections of the report, each from what it is made from."""
