"""Every write to a bundle."""

from bundles.actions.arranging import CHANGED_MEANWHILE, arrange, arrange_as, move_to_section, sort_by_date
from bundles.actions.builds import ask_for_build
from bundles.actions.bundles import begin_edition, change, create
from bundles.actions.certifying import certify, sign
from bundles.actions.citing import add_cited
from bundles.actions.contents import (
    add_authorities,
    add_exhibits,
    add_pages,
    add_section,
    change_entry,
    remove_section,
    rename_entry,
    rename_section,
    take_out,
)
from bundles.actions.deliveries import deliver
from bundles.actions.duplicates import ask_to_compare, decide
from bundles.actions.referring import say_written_against
from bundles.actions.taking import take
from bundles.actions.titles import LONGEST

__all__ = [
    "CHANGED_MEANWHILE",
    "LONGEST",
    "add_authorities",
    "add_cited",
    "add_exhibits",
    "add_pages",
    "add_section",
    "arrange",
    "arrange_as",
    "ask_for_build",
    "ask_to_compare",
    "begin_edition",
    "certify",
    "change",
    "change_entry",
    "create",
    "decide",
    "deliver",
    "move_to_section",
    "remove_section",
    "rename_entry",
    "rename_section",
    "say_written_against",
    "sign",
    "sort_by_date",
    "take",
    "take_out",
]
