"""The environment, read once and typed; settings take every variable from here."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from core.secrets import made_once

BASE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Environment:
    """What may be set from outside.

    Args:
        debug: Django's debug mode (``ASSIZE_DEBUG``).
        var: the one folder where everything lives (``ASSIZE_VAR``).
        secret_key: signs sessions (``SECRET_KEY``); made once under ``var`` when absent.
        hosts: names the site answers to (``ASSIZE_HOSTS``).
        https: whether the site stands behind a proxy that speaks TLS and sets X-Forwarded-Proto and
            X-Forwarded-For itself (``ASSIZE_HTTPS``).
        database: Django database settings from ``DATABASE_URL``.
        broker: Celery broker address (``BROKER_URL``); None is the filesystem transport.
        cache: Redis address shared by all processes (``CACHE_URL``); None is a folder under ``var``.
        email: mail settings from ``EMAIL_URL``.
        signing_key: a PKCS#12 file whose key signs bundles (``ASSIZE_SIGNING_KEY``); None signs nothing.
        signing_password: opens that file (``ASSIZE_SIGNING_PASSWORD``).
        models: the folder on the worker's machine below which the models' own folders lie
            (``ASSIZE_MODELS``); None where no comparison can run here.
        max_upload: most that one request may upload, in bytes (``ASSIZE_MAX_UPLOAD_MB``).
    """

    debug: bool
    var: Path
    secret_key: str
    hosts: list[str]
    https: bool
    database: dict[str, Any]
    broker: str | None
    cache: str | None
    email: dict[str, Any]
    signing_key: Path | None
    signing_password: str
    models: Path | None
    max_upload: int


def _secret_key(var: Path) -> str:
    """The site's own key, made on first use and readable by its owner only."""
    return made_once(var / "keys" / "secret_key", lambda: secrets.token_urlsafe(64).encode()).decode()


def _email(env: Env) -> dict[str, Any]:
    """Django's mail settings; STARTTLS by the scheme ``smtps``, TLS from the start by ``?ssl=True``."""
    settings: dict[str, Any] = env.dj_email_url("EMAIL_URL", "console:")
    if "EMAIL_BACKEND" not in settings:
        raise EnvError("EMAIL_URL begins with none of smtp:, smtps:, console:, file:, memory:, dummy:")
    return settings


def read() -> Environment:
    """The typed environment; an ill-formed value raises ``environs.EnvError`` naming the variable."""
    env = Env()
    var = Path(env.str("ASSIZE_VAR", str(BASE / "var"))).resolve()
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Environment(
        debug=env.bool("ASSIZE_DEBUG", False),
        var=var,
        secret_key=env.str("SECRET_KEY", "") or _secret_key(var),
        hosts=env.list("ASSIZE_HOSTS", ["127.0.0.1", "localhost"]),
        https=env.bool("ASSIZE_HTTPS", False),
        database=env.dj_db_url("DATABASE_URL", f"sqlite:///{var / 'assize.sqlite3'}"),
        broker=env.str("BROKER_URL", "") or None,
        cache=env.str("CACHE_URL", "") or None,
        email=_email(env),
        signing_key=Path(key).resolve() if (key := env.str("ASSIZE_SIGNING_KEY", "")) else None,
        signing_password=env.str("ASSIZE_SIGNING_PASSWORD", ""),
        models=Path(folder).resolve() if (folder := env.str("ASSIZE_MODELS", "")) else None,
        max_upload=env.int("ASSIZE_MAX_UPLOAD_MB", 512) * 1024 * 1024,
    )
