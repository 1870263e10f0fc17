"""Sending background work by task name, after the transaction that asked for it has committed."""

from typing import Any

from celery import current_app
from django.db import transaction


def enqueue(task_name: str, **kwargs: Any) -> None:
    """The named task will run once the present transaction commits; nothing is sent if it rolls back.

    A message lost between commit and broker, or a broker that does not answer, is made good by each
    pipeline's own sweep (``evidence.tasks.sweep``, ``search.tasks.drain``), so callers need not retry.
    """
    transaction.on_commit(lambda: current_app.send_task(task_name, kwargs=kwargs), robust=True)
