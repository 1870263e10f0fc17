"""The whole installation in one file, and back.

An archive is a plain tar: a dump of the database, every stored file, and last a manifest with the SHA-256
of each. The search index is not in it, for it is rebuilt; nor is the site's ``secret_key``, so that every
session ends with a restore. The key that signs the ledger is left out unless asked for: whoever holds both
the ledger and its key can write another history and sign it. Keep a copy of the key apart from the backups.
"""
