from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import defer, joinedload

from eventapp.ground.db import db
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.meetings.models import Meeting
from eventapp.messages.audience import Audience, audience_from, recipients
from eventapp.messages.models import SCHEDULED, SENDING, STOPPED, Copy, Message, MessageRules, Unsubscription
from eventapp.messages.reminders import time_of
from eventapp.people.models import Person
from eventapp.registration.models import Registration

NOT_SENT = "not sent"
STATES = (SENT, FAILED, NOT_SENT, WAITING)


@dataclass(frozen=True)
class Reach:
    """How many a message goes to, by language, and how many of them have unsubscribed."""

    count: int
    by_language: dict[str, int]
    unsubscribed: int


def reach_of(meeting: Meeting, audience: Audience) -> Reach:
    """Who gets it if it leaves now."""
    query = recipients(meeting, audience).join(Person, Registration.person_id == Person.id)
    gone = select(Unsubscription.registration_id).where(Unsubscription.registration_id == Registration.id).exists()
    counted = query.with_only_columns(Person.language, func.count(), func.count().filter(gone)).order_by(None)
    rows = db.session.execute(counted.group_by(Person.language)).all()
    by_language = {row[0]: row[1] for row in rows}
    return Reach(sum(by_language.values()), by_language, sum(row[2] for row in rows))


def first_names(meeting: Meeting, audience: Audience, most: int) -> list[str]:
    """The first of those who get it, in the order of their family names."""
    query = recipients(meeting, audience).with_only_columns(Registration.record_name)
    return list(
        db.session.scalars(query.order_by(func.lower(Registration.family_name), Registration.number).limit(most))
    )


def first_recipients(meeting: Meeting, audience: Audience, most: int) -> list[Registration]:
    """Some of those who get it, one of each language first."""
    query = recipients(meeting, audience).join(Person, Registration.person_id == Person.id)
    one_each = query.with_only_columns(func.min(Registration.id)).order_by(None).group_by(Person.language)
    ids = list(db.session.scalars(one_each))
    ids += db.session.scalars(
        query.with_only_columns(Registration.id).order_by(func.length(Registration.record_name).desc()).limit(most)
    )
    wanted = list(dict.fromkeys(ids))[:most]
    found = {
        row[0].id: row[0]
        for row in db.session.execute(
            recipients(meeting, Audience(state="everyone")).where(Registration.id.in_(wanted))
        )
    }
    return [found[number] for number in wanted if number in found]


def recipients_of(message: Message) -> Select[Registration]:
    """Who gets it if it leaves now, by name."""
    query = recipients(message.meeting, audience_from(message.audience)).with_only_columns(Registration)
    return query.order_by(func.lower(Registration.family_name), Registration.number)


def recipients_after(message: Message, after: int, most: int) -> list[Registration]:
    """The next recipients, by number of their row."""
    from_there = recipients(message.meeting, audience_from(message.audience)).where(Registration.id > after)
    return [row[0] for row in db.session.execute(from_there.order_by(Registration.id).limit(most))]


def unsubscribed_of(numbers: Collection[int]) -> set[int]:
    """Which of these registrations want no letters that are not necessary."""
    query = select(Unsubscription.registration_id).where(Unsubscription.registration_id.in_(numbers))
    return set(db.session.scalars(query))


def messages_of(meeting: Meeting) -> Select[Message]:
    """The messages of this meeting, the newest first."""
    query = select(Message).where(Message.meeting_id == meeting.id)
    return query.options(joinedload(Message.written_by)).order_by(Message.id.desc())


def message_at(meeting: Meeting, number: int) -> Message | None:
    """This message, where it is one of this meeting."""
    return db.session.scalar(select(Message).where(Message.id == number, Message.meeting_id == meeting.id))


def tallies(messages: Iterable[Message]) -> dict[int, dict[str, int]]:
    """How many copies of each message are waiting, sent, failed and not sent."""
    wanted = [one.id for one in messages if one.has_started]
    query = select(Copy.message_id, Letter.state, func.count()).outerjoin(Letter, Copy.letter_id == Letter.id)
    query = query.where(Copy.message_id.in_(wanted)).group_by(Copy.message_id, Letter.state)
    found: dict[int, dict[str, int]] = {}
    for number, state, count in db.session.execute(query):
        found.setdefault(number, {})[state or NOT_SENT] = count
    return found


def copies_of(message: Message, state: str = "") -> Select[Copy]:
    """The log of a message: what became of each letter; of one state where it is named."""
    query = select(Copy).outerjoin(Letter, Copy.letter_id == Letter.id).where(Copy.message_id == message.id)
    if state:
        query = query.where(Letter.id.is_(None) if state == NOT_SENT else Letter.state == state)
    along = (
        joinedload(Copy.registration).joinedload(Registration.person),
        joinedload(Copy.letter).options(defer(Letter.text), defer(Letter.html)),
    )
    return query.options(*along).order_by(Copy.id)


def copy_at(message: Message, number: int) -> Copy | None:
    """The copy of this message with this number."""
    return db.session.scalar(select(Copy).where(Copy.id == number, Copy.message_id == message.id))


def needs_review(meeting: Meeting) -> bool:
    """Whether a second person reads each message before it leaves."""
    rules = db.session.get(MessageRules, meeting.id)
    return bool(rules and rules.needs_review)


def due(at: datetime) -> Select[Message]:
    """The message that has been due longest, of those whose letters are not all written.

    Of a closed meeting none begins.
    ."""
    closed = select(Meeting.id).where(Meeting.closed_at.is_not(None))
    planned = (Message.state == SCHEDULED, Message.send_at.is_not(None), Message.send_at <= at)
    ready = or_(Message.state == SENDING, and_(*planned, Message.meeting_id.not_in(closed)))
    return select(Message).where(ready, Message.prepared_at.is_(None)).order_by(Message.send_at, Message.id).limit(1)


def moved_reminders() -> list[Message]:
    """Planned reminders whose time is not so many days before their meeting any more."""
    query = select(Message).where(Message.state == SCHEDULED, Message.days_before.is_not(None))
    planned = db.session.scalars(query.options(joinedload(Message.meeting)))
    return [one for one in planned if one.send_at != time_of(one.meeting, one.days_before or 0)]


def is_due(at: datetime) -> bool:
    """Whether letters of a message are to be written."""
    return bool(db.session.scalar(select(exists(due(at)))))


def waiting_of_stopped(at: datetime, most: int) -> Select[int]:
    """Letters of stopped messages that nobody carries at this moment."""
    query = select(Letter.id).join(Copy, Copy.letter_id == Letter.id).join(Message, Copy.message_id == Message.id)
    return query.where(Message.state == STOPPED, Letter.state == WAITING, Letter.due_at <= at).limit(most)
