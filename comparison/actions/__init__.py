"""Every write to a matter's models and comparisons."""

from comparison.actions.answers import import_answer
from comparison.actions.comparing import compare
from comparison.actions.importing import import_record
from comparison.actions.jobs import change, register_job, set_up, set_up_anew
from comparison.actions.logs import ask_to_analyse, cancel_analysis, import_logs
from comparison.actions.populations import add_member, add_members, make_population, remove_member
from comparison.actions.registering import attach_manifest, register
from comparison.actions.reports import ask_for_report, save_parts
from comparison.actions.running import ask_to_run, cancel
from comparison.actions.signatures import (
    attach_signature,
    export_job,
    keep_signed,
    own_signature,
    record_key,
    withdraw_key,
)

__all__ = [
    "add_member",
    "add_members",
    "ask_for_report",
    "ask_to_analyse",
    "ask_to_run",
    "attach_manifest",
    "attach_signature",
    "cancel",
    "cancel_analysis",
    "change",
    "compare",
    "export_job",
    "import_answer",
    "import_logs",
    "import_record",
    "keep_signed",
    "make_population",
    "own_signature",
    "record_key",
    "register",
    "register_job",
    "remove_member",
    "save_parts",
    "set_up",
    "set_up_anew",
    "withdraw_key",
]
