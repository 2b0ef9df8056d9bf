"""An offer begins and ends here; whoever calls holds the meeting."""

from datetime import UTC, datetime, time, timedelta

from eventapp.ground.db import db
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.offers import mails
from eventapp.registration.offers.models import ACCEPTED, ENDED, Offer
from eventapp.registration.offers.queries import offer_to


def offer_place(registration: Registration, hours: int, *, at: datetime) -> Offer:
    """Let this person answer for so many hours, at most until the meeting ends, with a letter."""
    made = Offer(
        registration=registration, made_at=at, expires_at=min(at + timedelta(hours=hours), end_of(registration.meeting))
    )
    db.session.add(made)
    db.session.flush()
    record("offered a place", registration, by=None, at=at, until=made.expires_at)
    post(mails.place_offered(made), at=at)
    return made


def end_offer(registration: Registration, state: str, *, at: datetime) -> None:
    """Let an open offer end, where there is one, because the person leaves the line for this state."""
    offer = offer_to(registration)
    if offer is not None:
        close(offer, ACCEPTED if state == APPROVED else ENDED, at=at)


def close(offer: Offer, outcome: str, *, at: datetime) -> None:
    offer.ended_at, offer.outcome = at, outcome
    db.session.flush()


def end_of(meeting: Meeting) -> datetime:
    """The end of the last day, where the meeting is."""
    return datetime.combine(meeting.ends_on + timedelta(days=1), time(), meeting.tz).astimezone(UTC)
