"""What the world reads of a record: published notes, and of a session no more than the newest release holds."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import func

from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, numbered
from eventapp.meetings.models import Meeting
from eventapp.record.notes.filter import NoteFilter
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes
from eventapp.record.published.fitting import fitting, open_to_all, published_notes
from eventapp.record.sessions.queries import session_at
from eventapp.record.summaries.actions import presenter_names

A_PAGE = 50


class Group(NamedTuple):
    """The published notes of one session; `session` is None where no release holds it or it was cancelled there."""

    code: str
    session: PublishedSession | None
    notes: list[Note]


class Found(NamedTuple):
    """A page of the published notes that fit, by session; and how many are published at all."""

    groups: list[Group]
    total: int
    page: Page[int]


class Shown(NamedTuple):
    """A session that the world may see: its row, which has the record, and what was released of it."""

    row: Session
    released: PublishedSession


def public_notes(session: Session) -> list[Note]:
    """What the world may read of this session: published, and never what was off the record."""
    return [note for note in notes(Note.session_id == session.id, *open_to_all()) if not note.current.off_record]


def found_at(meeting: Meeting, criteria: NoteFilter, wanted: str | None) -> Found:
    """A page of what the world may read of this meeting and fits: by session as released, then by number.

    The notes of each session are counted, and those of a page are read.
    """
    sessions = sessions_released(released(meeting))
    places = {code: place for place, code in enumerate(sessions)}
    fits = fitting(meeting, criteria)
    grouped = published_notes(meeting, fits, Session.code, Session.id, func.count()).group_by(Session.code, Session.id)
    counted = db.session.execute(grouped).all()
    counts, ids_of = {row[0]: row[2] for row in counted}, {row[0]: row[1] for row in counted}
    order = sorted(counts, key=lambda code: (places.get(code, len(places)), code))
    count = sum(counts.values())
    number, pages = numbered(count, wanted, A_PAGE)
    first, before, on_it = (number - 1) * A_PAGE, 0, list[str]()
    skipped = 0
    for code in order:
        if before + counts[code] <= first:
            skipped = before + counts[code]
        elif before < first + A_PAGE:
            on_it.append(code)
        before += counts[code]
    of_these = [ids_of[code] for code in on_it]
    rows = db.session.execute(published_notes(meeting, fits, Session.code, Note.number, Note.id, of=of_these)).all()
    keys = sorted((places.get(code, len(places)), code, place, note) for code, place, note in rows)
    ids = [key[-1] for key in keys][first - skipped : first - skipped + A_PAGE]
    total = number_published(meeting) if fits else count
    return Found(by_session(sessions, notes(Note.id.in_(ids))), total, Page(ids, number, pages, count))


def number_published(meeting: Meeting) -> int:
    """How many notes of this meeting the world may read."""
    return db.session.scalar(published_notes(meeting, (), func.count())) or 0


def shown_session(meeting: Meeting, code: str) -> Shown | None:
    """The session with this code, None where no release holds it or it does not take place."""
    sessions = sessions_released(released(meeting))
    row = session_at(meeting, code) if code in sessions else None
    return Shown(row, sessions[code]) if row is not None and row.cancelled_at is None else None


def by_session(sessions: Mapping[str, PublishedSession], found: Iterable[Note]) -> list[Group]:
    """These notes by session in the order of the release; last those whose session no release holds, by its code."""
    groups: dict[str, list[Note]] = {}
    for note in found:
        groups.setdefault(note.session.code, []).append(note)
    places = {code: place for place, code in enumerate(sessions)}
    order = sorted(groups, key=lambda code: (places.get(code, len(places)), code))
    return [Group(code, sessions.get(code), groups[code]) for code in order]


def sessions_released(agenda: Published | None) -> dict[str, PublishedSession]:
    """The sessions that take place, by code, in the order of the release."""
    return {one.code: one for one in agenda.sessions} if agenda else {}


def released_names(shown: Shown) -> dict[int, str]:
    """Role -> who gave a presentation, for the world: nobody but whom the release names, under its rule too."""
    if shown.released.rule != "open":
        return {}
    named = {(role.name, role.organization) for role in shown.released.roles}
    known = {role.id for role in shown.row.roles if (role.name, role.organization) in named}
    return {role_id: name for role_id, name in presenter_names(shown.row).items() if role_id in known}
