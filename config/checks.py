"""What ``check --deploy`` asks of an installation beyond Django's own questions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def secrets_are_private(**_: Any) -> list[CheckMessage]:
    """Nobody but the site's own account reads its keys."""
    folder: Path = settings.KEYS_ROOT
    return [
        Error(
            f"{path} can be read by others on this machine.",
            hint=f"chmod go= {path}",
            id="assize.E001",
        )
        for path in ([folder, *folder.iterdir()] if folder.is_dir() else [])
        if path.stat().st_mode & 0o077
    ]


@register(Tags.security, deploy=True)
def hosts_are_named(**_: Any) -> list[CheckMessage]:
    """The site answers to its own names only: links in its mails are made from them."""
    if not any(host.startswith("*") for host in settings.ALLOWED_HOSTS):
        return []
    hint = "Name each host in ASSIZE_HOSTS, separated by commas."
    return [Error("ASSIZE_HOSTS lets the site answer to any name.", hint=hint, id="assize.E002")]


@register(Tags.security, deploy=True)
def the_site_is_served_over_tls(**_: Any) -> list[CheckMessage]:
    """Passwords and evidence do not travel in the open."""
    if settings.SESSION_COOKIE_SECURE:
        return []
    hint = "Put a TLS proxy in front and set ASSIZE_HTTPS=1."
    return [Warning("The site is not served over TLS.", hint=hint, id="assize.W001")]
