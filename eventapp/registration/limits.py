"""How often a host may send the forms of registration."""

from datetime import datetime, timedelta

from flask import current_app

from eventapp.ground.security.tokens import hashed
from eventapp.people.addresses import address_of
from eventapp.people.limits import allow_all, host_of

HOUR = timedelta(hours=1)
MOST_TO_ONE_ADDRESS = 6


def within_limits(what: str, email: str, *, host: str, at: datetime) -> bool:
    """Count this try for its host, and for the address and its host together: a stranger uses up nobody's tries.

    The host is the socket's, never a header's.
    """
    host = host_of(host)
    counted = {
        f"{what} {hashed(f'{address_of(email)} {host}')}": MOST_TO_ONE_ADDRESS,
        f"{what} from {host}": current_app.config["REGISTRATIONS_PER_HOUR"],
    }
    return allow_all(counted, per=HOUR, at=at)
