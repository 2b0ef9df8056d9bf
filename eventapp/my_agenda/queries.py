from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.models import IN_LINE, LEFT, SIGNED, SignUp, Star
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration

MAY_CHOOSE = (PENDING, WAITING, APPROVED)


def stars_of(registration: Registration) -> set[str]:
    """The codes of the sessions with a star of this person."""
    query = select(Session.code).join(Star).where(Star.registration_id == registration.id)
    return set(db.session.scalars(query))


def sign_ups_of(registration: Registration) -> dict[str, SignUp]:
    """Where this person signed up or stands in line, by the code of the session."""
    query = select(SignUp).join(Session).where(SignUp.registration_id == registration.id, SignUp.state != LEFT)
    query = query.where(Session.sign_up_places.is_not(None)).options(joinedload(SignUp.session))
    return {one.session.code: one for one in db.session.scalars(query)}


def chosen_by(registration: Registration, *, in_line: bool = True) -> set[str]:
    """The codes of the sessions that this person chose: with a star, by signing up, or standing `in_line` for one."""
    signed = (code for code, one in sign_ups_of(registration).items() if in_line or one.state == SIGNED)
    return stars_of(registration) | set(signed)


def who_chose(sessions: Collection[int]) -> list[Select[int, int]]:
    """Who gave these sessions a star, and who signed up or stands in line, as numbers: (person, session)."""
    counts_yet = Registration.state.in_(MAY_CHOOSE)
    stars = select(Registration.person_id, Star.session_id).join(Star).where(Star.session_id.in_(sessions), counts_yet)
    signed = select(Registration.person_id, SignUp.session_id).join(SignUp)
    return [stars, signed.where(SignUp.session_id.in_(sessions), SignUp.state != LEFT, counts_yet)]


def how_many_chose(meeting: Meeting) -> dict[int, int]:
    """How many people gave each session a star or signed up, or stand in line, each once, by its number. One query."""
    here = select(Session.id).where(Session.meeting_id == meeting.id)
    counts_yet = Registration.state.in_(MAY_CHOOSE)
    stars = select(Star.session_id, Star.registration_id).join(Registration)
    signed = select(SignUp.session_id, SignUp.registration_id).join(Registration).where(SignUp.state != LEFT)
    both = union(
        stars.where(Star.session_id.in_(here), counts_yet), signed.where(SignUp.session_id.in_(here), counts_yet)
    ).subquery()
    grouped = select(both.c.session_id, func.count()).group_by(both.c.session_id)
    return dict(db.session.execute(grouped).all())


def registered_among(meeting: Meeting, people: Collection[int]) -> set[int] | None:
    """Which of these people are registered, by their numbers; None where nobody is registered at all."""
    query = select(Registration.person_id).where(Registration.meeting_id == meeting.id)
    query = query.where(Registration.state.in_(MAY_CHOOSE))
    found = set(db.session.scalars(query.where(Registration.person_id.in_(people))))
    return found if found or db.session.scalar(query.limit(1)) is not None else None


def sign_up_in(session: Session, registration: Registration) -> SignUp | None:
    """What became of this person's sign-up for a session; None where there was none."""
    return db.session.scalar(
        select(SignUp).where(SignUp.session_id == session.id, SignUp.registration_id == registration.id)
    )


def sessions_to_sign_up(meeting: Meeting, codes: Collection[str]) -> list[Session]:
    """Those of these sessions that have so many places and take place."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(codes))
    return list(db.session.scalars(query.where(Session.sign_up_places.is_not(None), Session.cancelled_at.is_(None))))


def counts(sessions: Iterable[Session]) -> dict[tuple[int, str], int]:
    """How many are in each state, by (number of the session, state). One query."""
    numbers = [one.id for one in sessions]
    query = select(SignUp.session_id, SignUp.state, func.count()).where(SignUp.session_id.in_(numbers))
    grouped = query.group_by(SignUp.session_id, SignUp.state)
    return {(number, state): count for number, state, count in db.session.execute(grouped)}


def signed_up(meeting: Meeting) -> dict[str, int]:
    """How many have a place in each session of this meeting, by its code. One where nobody has is left out."""
    query = select(Session.code, func.count().label("many")).join(SignUp, SignUp.session_id == Session.id)
    query = query.where(Session.meeting_id == meeting.id, SignUp.state == SIGNED)
    return {row.code: row.many for row in db.session.execute(query.group_by(Session.code))}


def places_free(session: Session) -> int:
    """How many may sign up yet; below 0 where places were taken away. Only true while the meeting is locked."""
    return (session.sign_up_places or 0) - counts([session]).get((session.id, SIGNED), 0)


def line(session: Session) -> Select[SignUp]:
    """Who stands in line for a session and has a place at the meeting, the first in line first."""
    query = select(SignUp).join(Registration).where(SignUp.session_id == session.id, SignUp.state == IN_LINE)
    return query.where(Registration.state == APPROVED).order_by(SignUp.at, SignUp.id)


def position(sign_up: SignUp) -> int:
    """The place in line, 1 for the next; 0 for who does not stand in line."""
    if sign_up.state != IN_LINE:
        return 0
    numbers = list(db.session.scalars(line(sign_up.session).with_only_columns(SignUp.id)))
    return numbers.index(sign_up.id) + 1 if sign_up.id in numbers else len(numbers) + 1


def listed(session: Session) -> Select[SignUp]:
    """Who signed up and who stands in line, in that order, each in the order in which they came."""
    query = select(SignUp).where(SignUp.session_id == session.id, SignUp.state != LEFT)
    query = query.order_by(SignUp.state.desc(), SignUp.at, SignUp.id)
    shown = joinedload(SignUp.registration)
    of_person = (Registration.delegation, Registration.category, Registration.person)
    return query.options(joinedload(SignUp.session), *(shown.joinedload(one) for one in of_person))


def without_place(at: datetime) -> Select[SignUp]:
    """Sign-ups for what is to come, of people who have no place at the meeting any more."""
    query = select(SignUp).join(Registration).join(Session, SignUp.session_id == Session.id)
    return query.where(SignUp.state != LEFT, Registration.state != APPROVED, Session.starts_at > at)


def lines_to_move(at: datetime) -> Select[Session]:
    """Sessions to come with a free place and somebody in line for it."""
    signed = select(func.count()).where(SignUp.session_id == Session.id, SignUp.state == SIGNED).scalar_subquery()
    waits = select(SignUp.id).join(Registration).where(SignUp.session_id == Session.id, SignUp.state == IN_LINE)
    query = select(Session).where(Session.sign_up_places.is_not(None), Session.cancelled_at.is_(None))
    return query.where(Session.starts_at > at, waits.where(Registration.state == APPROVED).exists()).where(
        Session.sign_up_places > signed
    )
