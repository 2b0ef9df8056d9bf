"""Places: the one way to take one, and who gets the next that comes free.

Every road to a place begins with hold(): the meeting's row is the lock, so whoever counts places is the only one.
"""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.ground.db import db
from eventapp.history.actions import record
from eventapp.links.queries import number_of
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.answers.actions import drop_full
from eventapp.registration.answers.queries import OFF
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.models import APPROVED, WAITING, Decision, Registration
from eventapp.registration.offers.giving import end_offer, offer_place
from eventapp.registration.offers.queries import hours_to_answer, offer_to, open_offers
from eventapp.registration.places.letters import reply
from eventapp.registration.places.queries import taken_and_line
from eventapp.registration.queries import places_left, waiting

NEWEST = {"populate_existing": True}
MEETING_OF = (
    select(Meeting)
    .join(Registration, Registration.meeting_id == Meeting.id)
    .where(Registration.id == bindparam("number"))
    .with_for_update(of=Meeting, key_share=True)  # as lock()
)
WITH_PERSON = (
    select(Registration)
    .join(Registration.category)
    .join(Registration.person)
    .join(Registration.delegation)
    .where(Registration.id == bindparam("number"))
    .options(*(contains_eager(one) for one in (Registration.category, Registration.person, Registration.delegation)))
    .with_for_update(of=[Registration, Category], key_share=True)
)


def hold(registration: Registration) -> None:
    """Hold the meeting, the category and the registration until the transaction ends, and see their newest values.

    The meeting comes first, so that no two wait for each other; nobody changes the others without it.
    """
    db.session.flush()
    held = {"number": number_of(registration)}
    meeting = db.session.scalars(MEETING_OF, held, execution_options=NEWEST).one()
    db.session.scalars(WITH_PERSON, held, execution_options=NEWEST).one()
    set_committed_value(registration, "meeting", meeting)


def is_free(registration: Registration) -> bool:
    """Whether there is a place for this person, at the meeting and in the category; only true while they are held.

    The place that is offered to them is there for them.
    """
    own = 1 if registration.state == WAITING and offer_to(registration) else 0
    return places_left(registration.meeting, registration.category) + own > 0


def change_state(
    registration: Registration, state: str, verb: str, *, by: Person | None, at: datetime, reason: str = ""
) -> Decision:
    """Write down one change of state. The caller holds the registration and has seen that there is a place."""
    decision = decided(registration, state, by=by, at=at, reason=reason)
    db.session.flush()
    if decision.before in OFF and state not in OFF:
        drop_full(registration, at=at)
    record(verb, registration, by=by, at=at, before=decision.before, after=state, reason=reason)
    return decision


def decided(registration: Registration, state: str, *, by: Person | None, at: datetime, reason: str = "") -> Decision:
    """Put it in this state, and return the decision: both written with the next flush, and nothing in history yet."""
    decision = Decision(registration=registration, before=registration.state, after=state, reason=reason, at=at, by=by)
    db.session.add(decision)
    if registration.state == WAITING and state != WAITING:
        end_offer(registration, state, at=at)
    registration.state, registration.state_at, registration.reason = state, at, reason
    registration.approved_at = at if state == APPROVED else None
    if state == WAITING:
        registration.waiting_since, registration.waiting_rank = at, 0
    registration.version += 1
    return decision


def settle(registration: Registration, verb: str, *, by: Person | None, at: datetime) -> None:
    """Give the place where there is one, else a position on the waiting list, and write to say which."""
    change_state(registration, place_or_line(registration, at=at), verb, by=by, at=at)
    post(reply(registration), at=at)


def place_or_line(registration: Registration, *, at: datetime) -> str:
    """Return APPROVED where there is a place for this person, else WAITING. The caller holds the registration.

    Nobody passes those who wait: what is free is given to them, or offered, first.
    """
    taken, somebody_waits = taken_and_line(registration.meeting)
    if not somebody_waits:
        is_place = places_left(registration.meeting, registration.category, taken=taken) > 0
    else:
        offer_next(registration.meeting, at=at)
        is_place = is_free(registration)
    return APPROVED if is_place else WAITING


def offer_next(meeting: Meeting, *, at: datetime) -> list[Registration]:
    """Give every free place to the first on the waiting list who fits, with a letter; where the meeting says so, offer
    it. Returns who got a place or an offer.

    The caller holds the meeting. Somebody whose category is full, or against whose place something stands, does not
    hold up those behind.
    """
    taken, somebody_waits = taken_and_line(meeting)
    if meeting.has_ended(at) or not somebody_waits or taken >= meeting.capacity:
        return []
    line = waiting(meeting)
    hours, offers, lucky = hours_to_answer(meeting), open_offers(meeting), list[Registration]()
    for registration in line:
        if places_left(meeting) < 1:
            break
        if registration.id not in offers and is_free(registration) and not obstacles(registration):
            give(registration, hours, at=at)
            lucky.append(registration)
    return lucky


def give(registration: Registration, hours: int | None, *, at: datetime) -> None:
    """A place at once, or one to answer for within so many hours."""
    if hours is not None:
        offer_place(registration, hours, at=at)
        return
    change_state(registration, APPROVED, "got a place that came free", by=None, at=at)
    post(mails.approved(registration), at=at)
