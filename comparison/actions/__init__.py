"""Every write to a matter's models and comparisons."""

from comparison.actions.comparing import compare
from comparison.actions.importing import import_record
from comparison.actions.jobs import change, register_job, set_up, set_up_anew
from comparison.actions.populations import add_member, add_members, make_population, remove_member
from comparison.actions.registering import attach_manifest, register
from comparison.actions.running import ask_to_run, cancel

__all__ = [
    "add_member",
    "add_members",
    "ask_to_run",
    "attach_manifest",
    "cancel",
    "change",
    "compare",
    "import_record",
    "make_population",
    "register",
    "register_job",
    "remove_member",
    "set_up",
    "set_up_anew",
]
