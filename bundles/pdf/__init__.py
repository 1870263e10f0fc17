"""The bundle engine: a specification in, one paginated PDF and a report out; plain Python, no Django."""
