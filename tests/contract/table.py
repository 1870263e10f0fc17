"""Who may reach each address of the site, by its name. A new address needs a line here.

``ANYONE``    no sign-in needed (a page for signing in, or one that answers nobody in particular)
``SIGNED_IN`` anybody with an account
``MEMBER``    any member of the matter in the address, also a reader or an outside expert
``INSIDER``   any member save an outside expert
``EDITOR``    the matter's editors and owners
``OWNER``     the matter's owners

Together with who, the method by which the test asks. Addresses that do something are asked by POST.
"""

from typing import NamedTuple


class Who(NamedTuple):
    """Who may reach an address, and by which method it is asked."""

    who: str
    method: str = "get"


ANYONE, SIGNED_IN = "anyone", "signed-in"
MEMBER, INSIDER, EDITOR, OWNER = "member", "insider", "editor", "owner"

DESK = {
    "desk:home": Who(SIGNED_IN),
    "desk:due": Who(SIGNED_IN),
    "desk:search": Who(SIGNED_IN),
    "desk:suggest": Who(SIGNED_IN),
    "desk:overview": Who(MEMBER),
    "desk:authorities": Who(MEMBER),
    "desk:chronology": Who(MEMBER),
    "desk:ledger": Who(INSIDER),
    "desk:verify": Who(INSIDER),
    "authorities:index": Who(SIGNED_IN),
    "authorities:authority": Who(SIGNED_IN),
}

CASES = {
    "cases:new": Who(SIGNED_IN),
    "cases:claim_number_words": Who(SIGNED_IN),
    "cases:edit": Who(EDITOR),
    "cases:people": Who(MEMBER),
    "cases:add_party": Who(EDITOR),
    "cases:edit_party": Who(EDITOR),
    "cases:add_member": Who(OWNER, "post"),
    "cases:change_role": Who(OWNER, "post"),
    "cases:remove_member": Who(OWNER, "post"),
    "cases:add_claim": Who(EDITOR),
    "cases:edit_claim": Who(EDITOR),
    "cases:proceedings": Who(MEMBER),
    "cases:list_hearing": Who(EDITOR),
    "cases:edit_hearing": Who(EDITOR),
    "cases:note_application": Who(EDITOR),
    "cases:edit_application": Who(EDITOR),
    "cases:relate": Who(EDITOR),
    "cases:edit_relation": Who(EDITOR),
    "cases:docket": Who(MEMBER),
    "cases:log_filing": Who(EDITOR),
    "cases:filing": Who(MEMBER),
    "cases:correct_filing": Who(EDITOR),
    "cases:prepare_filing": Who(EDITOR, "post"),
    "cases:submit_filing": Who(EDITOR, "post"),
    "cases:accept_filing": Who(EDITOR, "post"),
    "cases:reject_filing": Who(EDITOR, "post"),
    "cases:serve_filing": Who(EDITOR, "post"),
    "cases:due_dates": Who(MEMBER),
    "cases:enter_due_date": Who(EDITOR),
    "cases:due_date": Who(MEMBER),
    "cases:set_due_state": Who(EDITOR, "post"),
}

EVIDENCE = {
    "evidence:log": Who(EDITOR, "post"),
    "evidence:review": Who(EDITOR),
    "evidence:reading": Who(EDITOR, "post"),
    "evidence:exhibits": Who(MEMBER),
    "evidence:receive": Who(EDITOR, "post"),
    "evidence:exhibit": Who(MEMBER),
    "evidence:describe": Who(EDITOR, "post"),
    "evidence:withdraw": Who(EDITOR, "post"),
    "evidence:restore": Who(EDITOR, "post"),
    "evidence:retry": Who(EDITOR, "post"),
    "evidence:unlock": Who(EDITOR, "post"),
    "evidence:link": Who(EDITOR, "post"),
    "evidence:original": Who(MEMBER),
    "evidence:pdf": Who(MEMBER),
    "evidence:page": Who(MEMBER),
    "evidence:image": Who(MEMBER),
    "evidence:claims": Who(MEMBER),
    "evidence:element": Who(MEMBER),
    "evidence:positions": Who(EDITOR, "post"),
    "evidence:unlink": Who(EDITOR, "post"),
}

BUNDLES = {
    "bundles:redacted": Who(MEMBER),
    "bundles:redactions": Who(INSIDER),
    "bundles:find_redactions": Who(EDITOR, "post"),
    "bundles:decide_redactions": Who(EDITOR, "post"),
    "bundles:ask_for_redacted": Who(EDITOR, "post"),
    "bundles:redacted_copy": Who(INSIDER),
    "bundles:redacted_file": Who(MEMBER),
    "bundles:bundles": Who(MEMBER),
    "bundles:new": Who(EDITOR),
    "bundles:bundle": Who(MEMBER),
    "bundles:edit": Who(EDITOR),
    "bundles:arrange": Who(EDITOR, "post"),
    "bundles:add": Who(EDITOR),
    "bundles:entry": Who(EDITOR, "post"),
    "bundles:sections": Who(EDITOR, "post"),
    "bundles:section_order": Who(EDITOR, "post"),
    "bundles:section": Who(EDITOR),
    "bundles:build_it": Who(EDITOR, "post"),
    "bundles:build": Who(INSIDER),
    "bundles:versions": Who(MEMBER),
    "bundles:version": Who(MEMBER),
    "bundles:version_file": Who(MEMBER),
    "bundles:duplicates": Who(EDITOR),
    "bundles:references": Who(EDITOR),
    "bundles:changes": Who(MEMBER),
    "bundles:concordance_file": Who(MEMBER),
}

COMPARISON = {
    "comparison:matter": Who(MEMBER),
    "comparison:compare": Who(EDITOR, "post"),
    "comparison:register": Who(EDITOR),
    "comparison:artefact": Who(MEMBER),
    "comparison:attach-manifest": Who(EDITOR, "post"),
    "comparison:manifest": Who(MEMBER),
    "comparison:result": Who(MEMBER),
    "comparison:result-file": Who(MEMBER),
}

ACCOUNTS = {
    "account_login": Who(ANYONE),
    "account_logout": Who(ANYONE),
    "account_inactive": Who(ANYONE),
    "account_signup": Who(ANYONE),
    "account_reauthenticate": Who(SIGNED_IN),
    "account_change_password": Who(SIGNED_IN),
    "account_set_password": Who(SIGNED_IN),
    "account_reset_password": Who(ANYONE),
    "account_reset_password_done": Who(ANYONE),
    "account_reset_password_from_key": Who(ANYONE),
    "account_reset_password_from_key_done": Who(ANYONE),
    "mfa_index": Who(SIGNED_IN),
    "mfa_authenticate": Who(ANYONE),
    "mfa_reauthenticate": Who(SIGNED_IN),
    "mfa_activate_totp": Who(SIGNED_IN),
    "mfa_deactivate_totp": Who(SIGNED_IN),
    "mfa_view_recovery_codes": Who(SIGNED_IN),
    "mfa_generate_recovery_codes": Who(SIGNED_IN),
    "mfa_download_recovery_codes": Who(SIGNED_IN),
}

API = {
    "api-schema": Who(SIGNED_IN),
    "api:search": Who(SIGNED_IN),
    "api:suggest": Who(SIGNED_IN),
    "api:authorities": Who(SIGNED_IN),
    "api:authority": Who(SIGNED_IN),
    "api:ledger": Who(INSIDER),
    "api:matters": Who(SIGNED_IN),
    "api:matter": Who(MEMBER),
    "api:parties": Who(MEMBER),
    "api:party": Who(EDITOR, "patch"),
    "api:claims": Who(MEMBER),
    "api:claim": Who(EDITOR, "patch"),
    "api:filings": Who(MEMBER),
    "api:filing": Who(MEMBER),
    "api:prepare-filing": Who(EDITOR, "post"),
    "api:submit-filing": Who(EDITOR, "post"),
    "api:accept-filing": Who(EDITOR, "post"),
    "api:reject-filing": Who(EDITOR, "post"),
    "api:serve-filing": Who(EDITOR, "post"),
    "api:log-filing": Who(EDITOR, "post"),
    "api:due-dates": Who(MEMBER),
    "api:due-date": Who(MEMBER),
    "api:due-date-state": Who(EDITOR, "post"),
    "api:members": Who(MEMBER),
    "api:member": Who(OWNER, "delete"),
    "api:exhibits": Who(MEMBER),
    "api:exhibit": Who(MEMBER),
    "api:exhibit-withdraw": Who(EDITOR, "post"),
    "api:exhibit-restore": Who(EDITOR, "post"),
    "api:exhibit-unlock": Who(EDITOR, "post"),
    "api:exhibit-pages": Who(MEMBER),
    "api:exhibit-entities": Who(MEMBER),
    "api:exhibit-links": Who(MEMBER),
    "api:exhibit-link": Who(EDITOR, "delete"),
    "api:models": Who(MEMBER),
    "api:model": Who(MEMBER),
    "api:model-manifest": Who(EDITOR, "post"),
    "api:comparisons": Who(MEMBER),
    "api:comparison": Who(MEMBER),
    "api:redactions": Who(INSIDER),
    "api:redactions-find": Who(EDITOR, "post"),
    "api:redactions-decide": Who(EDITOR, "post"),
    "api:redaction": Who(EDITOR, "put"),
    "api:redacted-copies": Who(MEMBER),
    "api:redacted-copy": Who(INSIDER),
    "api:redacted-copy-file": Who(MEMBER),
    "api:bundles": Who(MEMBER),
    "api:bundle": Who(MEMBER),
    "api:bundle-order": Who(EDITOR, "put"),
    "api:bundle-sections": Who(EDITOR, "post"),
    "api:bundle-section": Who(EDITOR, "put"),
    "api:bundle-entries": Who(EDITOR, "post"),
    "api:bundle-entry": Who(EDITOR, "put"),
    "api:bundle-builds": Who(EDITOR, "post"),
    "api:bundle-build": Who(INSIDER),
    "api:bundle-versions": Who(MEMBER),
    "api:bundle-version": Who(MEMBER),
    "api:bundle-version-file": Who(MEMBER),
    "api:bundle-duplicates": Who(EDITOR),
    "api:bundle-changes": Who(MEMBER),
}

TABLE = {**DESK, **CASES, **EVIDENCE, **BUNDLES, **COMPARISON, **ACCOUNTS, **API}
