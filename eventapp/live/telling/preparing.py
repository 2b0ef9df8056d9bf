"""The worker writes the letters of live changes, so many at a time: drawn without a lock, written under one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from eventapp.agenda.queries import released
from eventapp.ground.db import db, lock
from eventapp.live.models import LiveChange
from eventapp.live.telling.mails import Entries, live_change
from eventapp.live.telling.queries import changes_of, due, people_in, sessions_by_person, sessions_named, together
from eventapp.mail.actions import post
from eventapp.mail.failing.queries import failing_among
from eventapp.mail.mailbox import is_one_mailbox
from eventapp.mail.models import Letter

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
        rows = update(LiveChange).where(
            LiveChange.meeting_id == change.meeting_id, LiveChange.has_letters, LiveChange.notice.is_(None)
        )
        db.session.execute(rows.values(notice=change.id))
    return Notice(change.id, change.through, at)


def prepare(notice: Notice) -> Callable[[], None]:
    """Draw these letters. Returns what writes them."""
    change, at = db.session.get_one(LiveChange, notice.change_id), notice.at
    meeting, rows = change.meeting, together(change.meeting_id, change.id)
    agenda = released(meeting)
    codes = {code for one in rows for code in one.before} & (agenda.by_code.keys() if agenda else set())
    sessions = sessions_named(meeting, codes, at)
    changes = {one.code: one for one in changes_of(rows, sessions)}
    moved = [one for one in sessions if one.code in changes]
    people = people_in(moved, notice.after, A_TIME) if agenda and moved else []
    failing, theirs = failing_among(one.email for one in people), sessions_by_person(moved, people)
    entries = Entries(agenda) if agenda else None
    letters = [
        live_change(meeting, one, entries, [changes[each.code] for each in moved if each.id in theirs[one.id]])
        for one in people
        if entries and one.email not in failing and is_one_mailbox(one.email)
    ]
    last = people[-1].id if len(people) == A_TIME else None
    return lambda: write(notice, letters, last)


def write(notice: Notice, letters: list[Letter], last: int | None) -> None:
    """Put the letters in the outbox. Nothing where another worker did."""
    change = db.session.get_one(LiveChange, notice.change_id)
    lock(change)
    if change.written_at or change.through != notice.after:
        return
    for one in letters:
        post(one, at=notice.at)
    if last is None:
        group = update(LiveChange).where(LiveChange.notice == change.id)
        db.session.execute(group.values(written_at=notice.at))
    else:
        change.through = last
