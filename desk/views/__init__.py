"""The pages that show several rooms at once."""
