"""Emptying a test database whose tables refuse to be emptied."""

from django.db import connection

# PostgreSQL alters no table while checks on its rows wait for the end of the transaction.
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"
CHECK_LATER = "SET CONSTRAINTS ALL DEFERRED"


def lift_refusals() -> list[str]:
    """The append-only triggers are off; answers the statements that put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
                "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = 'assize_append_only'"
            )
            found = cursor.fetchall()
            cursor.execute(CHECK_NOW)
            for name, table in found:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
            cursor.execute(CHECK_LATER)
            back = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for name, table in found]
            return [CHECK_NOW, *back, CHECK_LATER]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}")
        return [sql for _, sql in found]


def restore_refusals(statements: list[str]) -> None:
    """The append-only triggers are on again."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
