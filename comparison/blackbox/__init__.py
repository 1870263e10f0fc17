"""Models of which only answers can be had: from files, or from an address that a person names."""
