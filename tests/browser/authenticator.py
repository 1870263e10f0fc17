"""The app on the telephone."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.browser.people import SECRET

PERIOD = 30  # seconds for which a code is shown
_used: set[int] = set()


def code() -> str:
    """A code that was not shown before, with five seconds left to type it: no code is taken twice."""
    while int(time.time()) // PERIOD in _used or time.time() % PERIOD > PERIOD - 5:
        time.sleep(0.2)
    counter = int(time.time()) // PERIOD
    _used.add(counter)
    shown: str = format_hotp_value(hotp_value(SECRET, counter))
    return shown
