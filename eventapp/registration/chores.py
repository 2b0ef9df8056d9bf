"""What time does to registrations."""

from datetime import datetime

from eventapp.due import Chore
from eventapp.registration.actions import lapse_unconfirmed
from eventapp.registration.queries import unconfirmed_since_long


def lapse_next(at: datetime) -> int:
    """Let every request go that nobody confirmed in time. Returns how many."""
    return lapse_unconfirmed(at=at)


CHORES = (Chore("lapse", lambda at: bool(unconfirmed_since_long(at)), lapse_next),)
