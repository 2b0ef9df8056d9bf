from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.actions import refuse_closed
from eventapp.my_agenda.models import IN_LINE, LEFT, SIGNED, SignUp
from eventapp.my_agenda.queries import line, lines_to_move, places_free, sign_up_in, without_place
from eventapp.my_agenda.sign_up.mails import place_in_session
from eventapp.people.models import Person
from eventapp.registration.models import Registration

A_TIME = 50  # letters under one lock


def set_sign_up(
    session: Session, places: int | None, until: datetime | None, *, by: Person | None, at: datetime
) -> None:
    """Say for how many who sign up a session is, and until when they may. With more places the line moves up.

    Refused where more people have signed up than that.
    """
    meeting = held(session)
    if (session.sign_up_places, session.sign_up_until) == (places, until):
        return
    if places is not None and (taken := (session.sign_up_places or 0) - places_free(session)) > places:
        raise Refused(
            ngettext(
                "%(num)s person has signed up already. Write that many places or more.",
                "%(num)s people have signed up already. Write that many places or more.",
                taken,
            )
        )
    session.sign_up_places, session.sign_up_until = places, until if places is not None else None
    meeting.version += 1  # the public page of the session says so
    closes = until.isoformat() if until else None
    record("set sign-up", session, by=by, at=at, code=session.code, places=places, until=closes)
    move_up(session, at=at)


def sign_up(registration: Registration, session: Session, *, at: datetime) -> SignUp:
    """A place in the session where one is free, else in the line for one. Twice is once.

    Refused for who has no place at the meeting, and where the session takes nobody, or nobody any more.
    """
    held(session)
    lock(registration)
    refuse_closed(registration, at)
    if not registration.holds_a_place:
        raise Refused(_("Sign up once your registration is approved."))
    known = sign_up_in(session, registration)
    if known and known.state != LEFT:
        return known
    refuse_shut(session, at)
    has_place = places_free(session) > 0 and db.session.scalar(line(session).limit(1)) is None
    signed = known or SignUp(session=session, registration=registration)
    signed.state, signed.at = SIGNED if has_place else IN_LINE, at
    db.session.add(signed)
    db.session.flush()
    record(
        "signed up" if has_place else "stood in line", registration, by=registration.person, at=at, code=session.code
    )
    return signed


def refuse_shut(session: Session, at: datetime) -> None:
    if session.sign_up_places is None or session.cancelled_at:
        raise Refused(_("Nobody signs up for this session: whoever wants to may come."))
    if at >= session.sign_up_closes:
        raise Refused(_("Sign-up for this session is closed."))


def leave(registration: Registration, session: Session, *, at: datetime) -> None:
    """Give a place in a session back, or one in line; whoever is first in line gets it. Twice is once."""
    held(session)
    lock(registration)
    refuse_closed(registration, at)
    signed = sign_up_in(session, registration)
    if signed is None or signed.state == LEFT:
        return
    put_off(signed, by=registration.person, at=at)
    move_up(session, at=at)


def put_off(signed: SignUp, *, by: Person | None, at: datetime) -> None:
    signed.state, signed.at = LEFT, at
    db.session.flush()
    record("left a session", signed.registration, by=by, at=at, code=signed.session.code)


def move_up(session: Session, *, at: datetime) -> int:
    """Give free places to the first in line, each with a letter, until the session begins. Returns how many got one.

    The caller holds the meeting.
    """
    if session.sign_up_places is None or session.cancelled_at or at >= session.starts_at:
        return 0
    free = max(0, min(places_free(session), A_TIME))  # the rest when the worker looks again
    lucky = list(db.session.scalars(line(session).limit(free)))
    for one in lucky:
        one.state, one.at = SIGNED, at
        record("signed up", one.registration, by=None, at=at, code=session.code)
        post(place_in_session(one), at=at)
    db.session.flush()
    return len(lucky)


def leave_without_place(*, at: datetime) -> int:
    """End the sign-ups for one session of people who have no place at the meeting any more. Returns how many."""
    first = db.session.scalar(without_place(at).limit(1))
    if first is None:
        return 0
    session = first.session
    held(session)
    gone = list(db.session.scalars(without_place(at).where(SignUp.session_id == session.id).limit(A_TIME)))
    for one in gone:
        put_off(one, by=None, at=at)
    move_up(session, at=at)
    return len(gone)


def move_next_line(*, at: datetime) -> int:
    """Give the free places of one session to who stands in line. Returns how many got one."""
    session = db.session.scalar(lines_to_move(at).limit(1))
    if session is None:
        return 0
    held(session)
    return move_up(session, at=at)


def held(session: Session) -> Meeting:
    """Hold the meeting, as whoever takes a place of a registration does, and the session."""
    meeting = session.meeting
    lock(meeting)
    lock(session)
    return meeting
