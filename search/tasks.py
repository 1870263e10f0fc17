from celery import shared_task

from search import actions


@shared_task(name="search.drain")
def drain() -> None:
    """The index has caught up with the database."""
    actions.drain()
