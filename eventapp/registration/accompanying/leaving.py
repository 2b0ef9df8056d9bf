"""Who accompanies somebody leaves with them."""

from datetime import datetime

from eventapp.people.models import Person
from eventapp.registration.accompanying.queries import coming_with
from eventapp.registration.models import WITHDRAWN, Registration
from eventapp.registration.places.actions import change_state, hold


def leave_with(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Withdraw everybody whom this person brought. The meeting is locked; whoever calls this offers the places."""
    for one in coming_with(registration):
        hold(one)
        change_state(one, WITHDRAWN, "withdrew with whom they accompany", by=by, at=at)
