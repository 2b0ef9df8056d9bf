"""What happens to a message: written, read by a second person, planned, sent, stopped, one letter of it sent again."""

from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import language_named
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.mail.models import WAITING, Letter
from eventapp.meetings.models import Meeting
from eventapp.messages import mails
from eventapp.messages.audience import Audience, audience_from
from eventapp.messages.models import (
    DRAFT,
    MISSED,
    PAUSED,
    REVIEW,
    SCHEDULED,
    SENDING,
    STOPPED,
    Copy,
    Message,
    MessageRules,
)
from eventapp.messages.queries import needs_review, reach_of, unsubscribed_of
from eventapp.messages.reminders import time_of
from eventapp.people.models import Person


@dataclass(frozen=True)
class Content:
    """What an organizer wrote: to whom, what in which language, whether it is necessary, and when it leaves."""

    texts: Record
    audience: Audience
    is_necessary: bool
    send_at: datetime | None = None  # None: at once
    days_before: int | None = None  # instead: so many days before the meeting


def write(meeting: Meeting, content: Content, *, by: Person | None, at: datetime) -> Message:
    """A new draft. Nothing leaves."""
    message = Message(meeting_id=meeting.id, state=DRAFT, written_at=at, written_by_id=by.id if by else None)
    put_in(message, content)
    db.session.add(message)
    record("wrote a message", message, by=by, at=at, subject=message.subject)
    return message


def change(message: Message, content: Content, version: int, *, by: Person | None, at: datetime) -> None:
    """Change a draft. Refused once it is on its way, and where somebody changed it since it was opened."""
    lock(message)
    if message.state != DRAFT:
        raise Refused(_("This message is no draft any more. Take it back first, or write another like it."))
    if message.version != version:
        raise Refused(_("Somebody changed this draft meanwhile. Compare, and save again what is to stand."))
    put_in(message, content)
    message.version += 1
    message.written_at, message.written_by_id = at, by.id if by else None


def put_in(message: Message, content: Content) -> None:
    message.texts, message.audience = content.texts, content.audience.record()
    message.is_necessary, message.send_at = content.is_necessary, content.send_at
    message.days_before = content.days_before


def discard(message: Message, *, by: Person | None, at: datetime) -> None:
    """Delete a draft. Refused for anything else."""
    lock(message)
    if message.state != DRAFT:
        raise Refused(_("Only a draft can be deleted."))
    record("deleted a draft message", message, by=by, at=at, subject=message.subject)
    db.session.delete(message)


def ask_for_review(message: Message, *, by: Person, at: datetime) -> None:
    """Have a second organizer read it. Refused for what is no draft, and for one that could not be sent."""
    lock(message)
    if message.state != DRAFT:
        raise Refused(_("This message is no draft any more."))
    complete(message)
    message.state, message.asked_by_id = REVIEW, by.id
    record("asked to have a message read", message, by=by, at=at, subject=message.subject)


def take_back(message: Message, *, by: Person | None, at: datetime) -> None:
    """Make a draft again of what is read or planned. Refused once letters were written."""
    lock(message)
    if message.state not in (REVIEW, SCHEDULED, PAUSED, MISSED):
        raise Refused(_("This message cannot be taken back any more."))
    message.state, message.asked_by_id = DRAFT, None
    record("took a message back", message, by=by, at=at, subject=message.subject)


def send(message: Message, *, by: Person, at: datetime) -> None:
    """Have the worker write its letters, at once or at its time. Refused where nobody gets it, where its time is over,
    and where the meeting wants it read by somebody else first.
    """
    lock(message)
    if message.state not in (DRAFT, REVIEW):
        raise Refused(_("This message is on its way already."))
    complete(message)
    if needs_review(message.meeting) and (message.state == DRAFT or message.asked_by_id == by.id):
        raise Refused(_("A second organizer of this meeting reads each message before it leaves."))
    message.sent_by_id = by.id
    if message.send_at is None:
        begin(message, by=by, at=at)
        return
    if message.send_at <= at:
        raise Refused(_("The time at which it was to leave is over. Choose another, or send it at once."))
    message.state = SCHEDULED
    record("planned a message", message, by=by, at=at, subject=message.subject, send_at=message.send_at)


def pause(message: Message, *, by: Person | None, at: datetime) -> None:
    """Let its time go by. Refused for what is not planned."""
    lock(message)
    if message.state != SCHEDULED:
        raise Refused(_("This message is not planned: there is nothing to pause."))
    message.state = PAUSED
    record("paused a message", message, by=by, at=at, subject=message.subject)


def resume(message: Message, *, by: Person | None, at: datetime) -> None:
    """Let it leave at its time again. Refused where it is not paused, and where its time is over."""
    lock(message)
    if message.state != PAUSED:
        raise Refused(_("This message is not paused."))
    if message.send_at is None or message.send_at <= at:
        raise Refused(_("The time at which it was to leave is over. Choose another, or send it at once."))
    message.state = SCHEDULED
    record("resumed a message", message, by=by, at=at, subject=message.subject)


def skip(message: Message, *, at: datetime) -> None:
    """Let it go: no worker ran at its time, and now it is too late. Organizers choose what becomes of it."""
    message.state = MISSED
    record("skipped a message", message, by=None, at=at, subject=message.subject)


def follow_meeting(message: Message) -> None:
    """Move a reminder where the first day of its meeting has moved."""
    if message.days_before is not None:
        message.send_at = time_of(message.meeting, message.days_before)


def complete(message: Message) -> None:
    """Refuse what cannot be sent."""
    first = message.meeting.text_languages[0]
    if not message.words_in(first)["text"]:
        name = language_named(first)
        raise Refused(_("Write the text in %(name)s first: whoever reads another language may get it.", name=name))
    if not reach_of(message.meeting, audience_from(message.audience)).count:
        raise Refused(_("Nobody gets this message. Choose other people."))


def begin(message: Message, *, by: Person | None, at: datetime) -> None:
    """Its letters are written from now on."""
    message.state, message.started_at = SENDING, at
    reach = reach_of(message.meeting, audience_from(message.audience))
    record("sent a message", message, by=by, at=at, subject=message.subject, people=reach.count)
    wake()


def stop(message: Message, *, by: Person | None, at: datetime) -> None:
    """Send no more of it. What left has left. Refused where it is not on its way."""
    lock(message)
    if message.state != SENDING:
        raise Refused(_("This message is not on its way: there is nothing to stop."))
    message.state, message.stopped_at = STOPPED, at
    message.prepared_at = message.prepared_at or at
    record("stopped a message", message, by=by, at=at, subject=message.subject)
    wake()


def send_test(message: Message, person: Person, *, at: datetime) -> int:
    """Send it to whoever writes it, once in each language it is written in. Returns how many letters."""
    languages = [code for code, text in message.texts.items() if text.get("text") and text.get("subject")]
    for language in languages:
        post(mails.test_letter(message, language, person), at=at)
    return len(languages)


def send_again(copy: Copy, *, by: Person | None, at: datetime) -> None:
    """Write one letter of it anew. Refused while the first still waits, and for who has unsubscribed."""
    lock(copy)
    message = copy.message
    if copy.letter and copy.letter.state == WAITING:
        raise Refused(_("This letter still waits to be sent."))
    if not message.is_necessary and unsubscribed_of([copy.registration_id]):
        raise Refused(_("This person gets only necessary letters, and this one is not."))
    row = mails.letters_for(message, [copy.registration], at=at)[0]
    copy.letter = post(Letter(**{**row, "dedupe": None}), at=at)
    copy.reason = ""
    record("sent again", copy.registration, by=by, at=at, subject=row["subject"])


def set_rules(meeting: Meeting, *, has_second: bool, by: Person | None, at: datetime) -> None:
    """Say whether a second person reads each message before it leaves."""
    lock(meeting)
    rules = db.session.get(MessageRules, meeting.id) or MessageRules(meeting_id=meeting.id, needs_review=False)
    if rules.needs_review != has_second:
        rules.needs_review = has_second
        db.session.add(rules)
        record("changed how messages are read", meeting, by=by, at=at, needs_review=has_second)
