from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.messages.models import Unsubscription
from eventapp.registration.models import Registration


def unsubscribe(registration: Registration, *, at: datetime) -> None:
    """Send no more letters to this person that are not necessary. Twice is no fault."""
    lock(registration)
    if db.session.get(Unsubscription, registration.id) is None:
        db.session.add(Unsubscription(registration_id=registration.id, at=at))
        record("unsubscribed", registration, by=registration.person, at=at)


def subscribe(registration: Registration, *, at: datetime) -> None:
    """Send them again. Twice is no fault."""
    lock(registration)
    row = db.session.get(Unsubscription, registration.id)
    if row is not None:
        db.session.delete(row)
        record("subscribed again", registration, by=registration.person, at=at)
