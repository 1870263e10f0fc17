"""Duplicates among documents: the same file, text, look or pages, and e-mails contained in later ones."""
