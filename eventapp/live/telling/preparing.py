"""The worker writes the letters of live changes, so many at a time: drawn without a lock, written under one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.agenda.releases.content import Published
from eventapp.agenda.releases.difference import Change
from eventapp.ground.db import db, lock
from eventapp.live.models import LiveChange
from eventapp.live.telling.mails import Entries, live_change
from eventapp.live.telling.notices import notice_of
from eventapp.live.telling.queries import changes_of, due, people_in, sessions_by_person, sessions_named, together
from eventapp.mail.actions import post
from eventapp.mail.failing.queries import failing_among
from eventapp.mail.mailbox import is_one_mailbox
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.push.actions import write as notify
from eventapp.push.queries import subscriptions_among
from eventapp.push.sending import sends_notices

A_TIME = 40  # letters: the lock under which they are written is short


@dataclass(frozen=True)
class Notice:
    """The letters of this change, and of those collected with it, behind this person."""

    change_id: int
    after: int
    at: datetime


def take(at: datetime) -> Notice | None:
    """The next letters to write. What was changed at this meeting until now is told together."""
    change = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if change is None:
        return None
    if change.notice is None:
        unsent = (LiveChange.has_letters, LiveChange.notice.is_(None), LiveChange.waits.is_(False))
        rows = update(LiveChange).where(LiveChange.meeting_id == change.meeting_id, *unsent)
        db.session.execute(rows.values(notice=change.id))
    return Notice(change.id, change.through, at)


def prepare(notice: Notice) -> Callable[[], None]:
    """Draw these letters. Returns what writes them."""
    change, at = db.session.get_one(LiveChange, notice.change_id), notice.at
    found = collected(change.meeting, together(change.meeting_id, change.id), at)
    people = people_in(found.sessions, notice.after, A_TIME) if found.sessions else []
    letters, shown = letters_to(found, people), notices_to(found, people)
    last = people[-1].id if len(people) == A_TIME else None
    return lambda: write(notice, letters, shown, last)


@dataclass(frozen=True)
class InBrowser:
    """A notice for the browser with this number."""

    browser: int
    title: str
    body: str
    address: str


@dataclass(frozen=True)
class Collected:
    """What changes did together: the sessions that are elsewhere or off now and not over, and how, by code."""

    meeting: Meeting
    agenda: Published | None
    sessions: Sequence[Session]
    changes: Mapping[str, Change]

    def for_sessions(self, numbers: Collection[int]) -> list[Change]:
        """What became of the sessions with these numbers, by time."""
        return [self.changes[one.code] for one in self.sessions if one.id in numbers]


def collected(meeting: Meeting, rows: Sequence[LiveChange], at: datetime) -> Collected:
    """What these changes did together. Nothing of what is back where it was, and of what is not public."""
    agenda = released(meeting) if rows else None
    codes = {code for one in rows for code in one.before} & (agenda.by_code.keys() if agenda else set())
    sessions = sessions_named(meeting, codes, at)
    changes = {one.code: one for one in changes_of(rows, sessions)}
    return Collected(meeting, agenda, [one for one in sessions if one.code in changes], changes)


def letters_to(found: Collected, people: Sequence[Person]) -> list[Letter]:
    """The one letter to each of these people, in nobody's outbox yet; none to an address that fails."""
    if found.agenda is None or not found.sessions:
        return []
    failing, theirs = failing_among(one.email for one in people), sessions_by_person(found.sessions, people)
    entries = Entries(found.agenda)
    return [
        live_change(found.meeting, one, entries, found.for_sessions(theirs[one.id]))
        for one in people
        if one.id in theirs and one.email not in failing and is_one_mailbox(one.email)
    ]


def notices_to(found: Collected, people: Sequence[Person]) -> list[InBrowser]:
    """What the browsers of these people show, where they asked for it."""
    browsers = subscriptions_among(found.meeting, [one.id for one in people]) if people and sends_notices() else {}
    asked = [one for one in people if one.id in browsers]
    theirs = sessions_by_person(found.sessions, asked) if asked else {}
    words = {one.id: notice_of(found.meeting, one, found.agenda, found.for_sessions(theirs[one.id])) for one in asked}
    return [InBrowser(number, *words[one.id]) for one in asked for number in browsers[one.id]]


def write(notice: Notice, letters: list[Letter], shown: list[InBrowser], last: int | None) -> None:
    """Put the letters in the outbox, and the notices on their way. Nothing where another worker did."""
    change = db.session.get_one(LiveChange, notice.change_id)
    lock(change)
    if change.written_at or change.through != notice.after:
        return
    for one in letters:
        post(one, at=notice.at)
    for each in shown:
        notify(each.browser, each.title, each.body, each.address, at=notice.at)
    if last is None:
        group = update(LiveChange).where(LiveChange.notice == change.id)
        db.session.execute(group.values(written_at=notice.at))
    else:
        change.through = last
