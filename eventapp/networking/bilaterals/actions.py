from datetime import datetime, timedelta

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import moment
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import block, refuse_closed
from eventapp.networking.bilaterals import mails
from eventapp.networking.bilaterals.models import (
    AGREED,
    ASKED,
    CANCELLED,
    DECLINED,
    LAPSED,
    Bilateral,
    BilateralSlot,
)
from eventapp.networking.bilaterals.queries import (
    A_DAY,
    asked_lately,
    between,
    has_part,
    is_busy,
    is_taken,
    lapsed_at,
    meets_then,
    without_place,
)
from eventapp.networking.models import NOBODY
from eventapp.networking.queries import are_apart, audience_of, found_by, rules_of
from eventapp.registration.models import APPROVED, Registration

A_TIME = 50  # requests under one lock


def ask(
    registration: Registration, other: Registration, words: str, slot: BilateralSlot | None, *, at: datetime
) -> Bilateral:
    """Ask somebody to meet, in this slot or without a time yet. Two who ask twice have one request.

    Refused as in `refuse_closed`, for who is found by nobody, of somebody whom they do not find or who declined, beyond
    so many requests in 24 hours, and for a slot that is not free for both.
    """
    held(registration.meeting, slot)
    refuse_closed(registration, at)
    if audience_of(registration) == NOBODY:
        raise Refused(_("Say first who may find you: whom you ask has to see who you are."))
    known = between(registration, other)
    again = next((one for one in known if one.stands(at)), None)
    if again is not None and again.asker_id == registration.id:
        return again
    if again is not None:
        raise Refused(_("%(name)s has asked you already. Answer that request.", name=other.record_name))
    if found_by(registration, other.number) is None:
        raise Refused(_("You do not find this person any more, so nobody was asked."))
    if any(one.state == DECLINED and one.asker_id == registration.id for one in known):
        raise Refused(_("%(name)s has declined before. Nobody is asked twice.", name=other.record_name))
    refuse_too_many(registration, at)
    one = Bilateral(meeting_id=registration.meeting_id, asker=registration, asked=other, words=words, asked_at=at)
    one.meeting = registration.meeting
    wait(one, other, slot, at)
    db.session.add(one)
    db.session.flush()
    post(mails.asked(one, other), at=at)
    tell(one, registration, "asked for a bilateral meeting", at)
    return one


def accept(one: Bilateral, registration: Registration, *, at: datetime) -> None:
    """Agree to meet: from now on both see each other's address. Twice is once.

    Refused for who is not asked, once it has lapsed or was called off, and where the slot is not free for both.
    """
    held(one.meeting, one.slot, one)
    if one.state == AGREED:
        return
    refuse_closed(registration, at)
    refuse_answered(one, registration, at)
    if one.slot is not None:
        refuse_slot(one, one.slot, at)
    one.state, one.changed_at, one.agreed_at = AGREED, at, one.agreed_at or at
    db.session.flush()
    for reader in (one.asker, one.asked):
        post(mails.agreed(one, reader), at=at)
    tell(one, registration, "agreed to a bilateral meeting", at)


def propose(one: Bilateral, registration: Registration, slot: BilateralSlot, *, at: datetime) -> None:
    """Ask for another time: the other slot is given back at once, and the other person answers.

    Refused as in `accept`, but either of the two may do this with what is agreed.
    """
    held(one.meeting, slot, one)
    refuse_closed(registration, at)
    if one.slot_id == slot.id:
        return
    if one.state_now(at) != AGREED:
        refuse_answered(one, registration, at)
    refuse_slot(one, slot, at)
    other = one.other_than(registration)
    wait(one, other, slot, at)
    one.sequence += 1
    db.session.flush()
    post(mails.other_time(one, other), at=at)
    tell(one, registration, "asked for another time", at)


def decline(one: Bilateral, registration: Registration, reason: str, *, at: datetime) -> None:
    """Say no to who asks; the slot is free again. Twice is once. Refused for who is not asked."""
    held(one.meeting, None, one)
    if one.state == DECLINED:
        return
    refuse_answered(one, registration, at)
    end(one, DECLINED, reason, at)
    post(mails.declined(one, one.other_than(registration)), at=at)
    tell(one, registration, "declined a bilateral meeting", at)


def call_off(one: Bilateral, registration: Registration, reason: str, *, at: datetime) -> None:
    """Take a request back, or call an agreed meeting off; the slot is free again. Twice is once.

    Refused once it has taken place or was declined.
    """
    held(one.meeting, None, one)
    if one.state == CANCELLED:
        return
    if not one.stands(at) or (one.state == ASKED and one.waits_for_id == registration.id):
        raise Refused(_("There is nothing to call off: this request is not yours, or has ended."))
    if one.slot is not None and one.slot.starts_at <= at:
        raise Refused(_("This meeting has begun, so it is not called off any more."))
    end(one, CANCELLED, reason, at)
    post(mails.called_off(one, one.other_than(registration)), at=at)
    tell(one, registration, "called a bilateral meeting off", at)


def part_ways(registration: Registration, other: Registration, *, at: datetime) -> None:
    """Block somebody, and end what is asked or agreed between the two; the letter says that, and nothing of a block."""
    held(registration.meeting)
    block(registration, other, at=at)
    for one in between(registration, other):
        if not one.stands(at) or (one.slot is not None and one.slot.starts_at <= at):
            continue
        is_asked = one.waits_for(registration, at)
        end(one, DECLINED if is_asked else CANCELLED, "", at)
        written = mails.declined(one, other) if is_asked else mails.called_off(one, other)
        post(written, at=at)


def lapse_next(*, at: datetime) -> int:
    """End requests that nobody answered in time. Returns how many."""
    found = list(db.session.scalars(lapsed_at(at).limit(A_TIME)))
    for one in found:
        lock(one)
        if one.state == ASKED and one.expires_at <= at:
            end(one, LAPSED, "", at)
    return len(found)


def end_without_place(*, at: datetime) -> int:
    """Call off what is asked or agreed with somebody who does not come any more, with a letter. Returns how many."""
    found = list(db.session.scalars(without_place(at).limit(A_TIME)))
    for one in found:
        lock(one)
        end(one, CANCELLED, "", at)
        for reader in (one.asker, one.asked):
            if reader.state == APPROVED:
                post(mails.called_off(one, reader), at=at)
    return len(found)


def held(meeting: Meeting, slot: BilateralSlot | None = None, one: Bilateral | None = None) -> None:
    """Hold the meeting, as whoever takes a place does, then the slot and the request."""
    lock(meeting)
    for row in (slot, one):
        if row is not None:
            lock(row)


def wait(one: Bilateral, other: Registration, slot: BilateralSlot | None, at: datetime) -> None:
    """Let it wait for this person, with this slot held; not longer than the slot begins."""
    rules = rules_of(one.meeting)
    ends = at + timedelta(hours=rules.answer_hours if rules else 24)
    if slot is not None:
        refuse_slot(one, slot, at)
        ends = min(ends, slot.starts_at)
    one.slot, one.state, one.waits_for_id, one.expires_at, one.changed_at = slot, ASKED, other.id, ends, at


def end(one: Bilateral, state: str, reason: str, at: datetime) -> None:
    one.state, one.reason, one.changed_at = state, reason, at
    one.sequence += 1 if one.agreed_at else 0
    db.session.flush()


def refuse_slot(one: Bilateral, slot: BilateralSlot, at: datetime) -> None:
    """Refused where these two cannot have this slot. The meeting is locked."""
    people, but = (one.asker, one.asked), one.id or 0
    if slot.starts_at <= at or (slot.closed_at is not None and slot.id != one.slot_id):
        raise Refused(_("This time is not open any more. Choose another."), beside="slot")
    if is_taken(slot, at, but):
        raise Refused(_("Two others took this place meanwhile. Choose another time."), beside="slot")
    if is_busy(slot, has_part(people)):
        raise Refused(_("One of you has a role in a session at this time. Choose another."), beside="slot")
    if is_busy(slot, meets_then(people, at, but)):
        raise Refused(_("One of you meets somebody else at this time. Choose another."), beside="slot")


def refuse_answered(one: Bilateral, registration: Registration, at: datetime) -> None:
    """Refused for who is not asked now."""
    if one.state_now(at) == LAPSED:
        raise Refused(_("The time to answer this request is over. Ask to meet yourself, if you want to."))
    comes = one.other_than(registration).holds_a_place
    if not comes or not one.waits_for(registration, at) or are_apart(one.asker, one.asked):
        raise Refused(_("This request does not wait for your answer: it was answered or called off."))


def refuse_too_many(registration: Registration, at: datetime) -> None:
    """Refused for who has asked as many as the meeting lets ask in 24 hours."""
    rules, asked = rules_of(registration.meeting), asked_lately(registration, at)
    most = rules.requests_a_day if rules else 0
    if len(asked) >= most:
        again = moment(asked[len(asked) - most] + A_DAY, registration.meeting.zone) if most else ""
        raise Refused(
            _("You may ask %(most)s people in 24 hours. Ask the next one after %(when)s.", most=most, when=again)
        )


def tell(one: Bilateral, registration: Registration, verb: str, at: datetime) -> None:
    """Write into the history of who did it that it was done; not with whom."""
    record(verb, registration, by=registration.person, at=at, number=one.id)
