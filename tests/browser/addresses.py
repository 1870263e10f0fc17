"""The site's pages, from the URLconf, and what is an address but no page."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser.people import OWNER, WITH_FACTOR

DOES_SOMETHING = {
    "account_logout",
    "bundles:arrange",
    "bundles:certify",
    "bundles:ask_for_redacted",
    "bundles:decide_redactions",
    "bundles:entry",
    "bundles:find_redactions",
    "bundles:forget_check",
    "bundles:section_order",
    "bundles:sign",
    "cases:accept_filing",
    "cases:add_member",
    "cases:change_role",
    "cases:prepare_filing",
    "cases:reject_filing",
    "cases:remove_member",
    "cases:serve_filing",
    "cases:set_due_state",
    "cases:submit_filing",
    "comparison:analyse-logs",
    "comparison:attach-manifest",
    "comparison:compare",
    "comparison:cancel-log-run",
    "comparison:cancel-run",
    "comparison:export-job",
    "comparison:import",
    "comparison:import-logs",
    "comparison:make-report",
    "comparison:register-job",
    "comparison:remove-member",
    "comparison:run-job",
    "comparison:set-up-anew",
    "evidence:describe",
    "evidence:link",
    "evidence:positions",
    "evidence:reading",
    "evidence:restore",
    "evidence:retry",
    "evidence:unlink",
    "evidence:unlock",
    "evidence:withdraw",
}
FILES_AND_FRAGMENTS = {
    "api-schema",
    "bundles:check_picture",
    "bundles:redacted_file",
    "bundles:concordance_file",
    "bundles:further_file",
    "bundles:thumbnail",
    "bundles:version_file",
    "cases:claim_number_words",
    "comparison:job-file",
    "comparison:log-analysis-file",
    "comparison:manifest",
    "comparison:result-file",
    "comparison:signature",
    "desk:suggest",
    "evidence:image",
    "evidence:original",
    "evidence:pdf",
    "mfa_download_recovery_codes",
}
# Asked for between the password and the code: test_keyboard.py meets it there.
ON_THE_WAY = {"mfa_authenticate"}
# A draft has no answer; below is that of a registered comparison.
NEVER_SO = {"comparison:answer-job"}
SIGNED_OUT = {
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
}
FOR_A_FACTOR = {
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}
ASKED = {
    "comparison:result (against a population)": "?proposition=H1",
    "desk:search": "?q=weights",
    "evidence:page": "?q=weights",
    "evidence:review": "?exhibit={unfiled}",
}
# Rooms that look different while nothing is in them, and a build that was refused.
OTHERWISE = {
    **{
        f"{name} (empty)": (name, {"case_id": "empty"})
        for name in (
            "bundles:bundles",
            "cases:docket",
            "cases:people",
            "cases:proceedings",
            "comparison:logs",
            "comparison:matter",
            "desk:authorities",
            "desk:chronology",
            "desk:overview",
            "evidence:claims",
            "evidence:exhibits",
            "evidence:log",
        )
    },
    "bundles:take (core bundle)": ("bundles:take", {"bundle_id": "core"}),
    "bundles:take_pages (core bundle)": ("bundles:take_pages", {"bundle_id": "core"}),
    "comparison:answer-job (registered)": ("comparison:answer-job", {"job_id": "registered"}),
    "comparison:result (against a population)": ("comparison:result", {"comparison_id": "pilot"}),
    "comparison:job (registered)": ("comparison:job", {"job_id": "registered"}),
    "bundles:build (stopped)": ("bundles:build", {"build_id": "stopped"}),
}


def _named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, within)
        else:
            yield f"{space}{pattern.name}"


def pages() -> list[str]:
    """Each name of the URLconf that answers with a page, and the rooms' other looks."""
    named = {name for name in _named(get_resolver().url_patterns) if not name.startswith("api:")}
    return sorted(named - DOES_SOMETHING - FILES_AND_FRAGMENTS - ON_THE_WAY - NEVER_SO) + list(OTHERWISE)


def visitor(name: str) -> str:
    """The e-mail address of who looks at it; nobody's when it is empty."""
    if name in SIGNED_OUT:
        return ""
    return WITH_FACTOR if name in FOR_A_FACTOR else OWNER


def address(name: str, values: dict[str, Any]) -> str:
    """The page's address with these values in it."""
    asked = ASKED.get(name, "")
    name, other = OTHERWISE.get(name, (name, {}))
    values = values | {part: values[key] for part, key in other.items()}
    resolver: Any = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    parts = resolver.reverse_dict.getlist(last)[0][0][0][1]
    return reverse(name, kwargs={part: values[part] for part in parts}) + (
        asked or ASKED.get(name, "")
    ).format(**values)
