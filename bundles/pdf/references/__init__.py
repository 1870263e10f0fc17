"""References to pages of the bundle: found, resolved, linked, and carried through a renumbering."""
