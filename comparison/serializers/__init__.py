"""Rows of this app as the API shows and takes them."""
