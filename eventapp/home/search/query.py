"""What is found at a meeting, by groups. Each group costs one count and the few rows it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import ref

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.queries import released
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.ground.db import db
from eventapp.ground.text.i18n import language
from eventapp.ground.text.policy import search_key
from eventapp.ground.text.worded import in_language, worded
from eventapp.ground.web.paging import Page, page_looked_for, page_of
from eventapp.home.fellows.queries import fellows
from eventapp.meetings.models import Document, Meeting, Room
from eventapp.record.notes.filter import NoteFilter
from eventapp.record.notes.models import Note
from eventapp.record.published.fitting import fitting, published_notes
from eventapp.record.search.models import SearchEntry
from eventapp.record.search.query import Question, found
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.searched.models import PublishedParagraph
from eventapp.review.searched.queries import drafts_with, published_with

A_FEW, COUNTED = 5, 1000  # of each group; no more of what the record has is counted
LONGEST, MOST_WORDS = 200, 8
MOST_CACHED = 12
KEYS: dict[str, tuple[ref[Published], Sequence[str]]] = {}  # by meeting and language, of the version read last


@dataclass(frozen=True)
class Place:
    """A session as whoever asks may know it: as it is, or as it was released."""

    code: str
    title: str
    starts_at: datetime
    room: str
    people: Sequence[str]
    first: str = ""  # its title in the first language of the meeting: found by either

    @property
    def key(self) -> str:
        """What it is found by, folded."""
        return search_key(self.code, self.title, self.first, self.room, *self.people)

    def named(self, words: Sequence[str]) -> list[str]:
        """The people of it who were looked for."""
        return [one for one in self.people if any(word in search_key(one) for word in words)]


def words_of(typed: str) -> list[str]:
    """The words looked for, folded as what they are looked for in."""
    return search_key(typed).split()[:MOST_WORDS]


def has_all(words: Iterable[str], key: str) -> bool:
    """Whether each of these folded words is somewhere in this text."""
    return all(word in key for word in words)


def sessions_now(meeting: Meeting, words: Sequence[str], wanted: str | None, *, most: int) -> Page[Place]:
    """A page of the sessions of the draft that fit, by time; cancelled ones too.

    One query of what they are found by, the names of each as one text; places are made of those on the page alone.
    """
    own = Session.texts[(language(), "title")].as_string()
    names = select(func.aggregate_strings(SpeakingRole.name, "\n")).where(SpeakingRole.session_id == Session.id)
    people = names.where(SpeakingRole.ended_at.is_(None)).scalar_subquery()
    query = (
        select(Session.starts_at, Session.code, Session.title, own, Room.name, people)
        .outerjoin(Room, Session.room_id == Room.id)
        .where(Session.meeting_id == meeting.id)
        .order_by(Session.starts_at, Session.code)
    )
    fit = [row for row in db.session.execute(query) if has_all(words, search_key(*row[1:]))]
    page = page_of(fit, wanted, most=most)
    rows = [
        Place(code, here or title, starts_at, room or "", named.split("\n") if named else [], title)
        for starts_at, code, title, here, room, named in page.rows
    ]
    return Page(rows, page.number, page.pages, page.count)


def sessions_released(meeting: Meeting, words: Sequence[str]) -> list[PublishedSession]:
    """The sessions that the public knows and fit, by time: what each is in the reader's language says `place_of`."""
    agenda = released(meeting)
    if agenda is None:
        return []
    keys = keys_of(agenda, language())
    return [one for one, key in zip(agenda.sessions, keys, strict=True) if has_all(words, key)]


def place_of(session: PublishedSession) -> Place:
    """This session as a reader in their language knows it."""
    room = session.room and in_language(session.room, language(), "name")
    title = in_language(session, language(), "title").title
    people = [role.name for role in session.roles]
    return Place(session.code, title, session.starts_at, room.name if room else "", people, session.title)


def keys_of(agenda: Published, tongue: str) -> Sequence[str]:
    """What each session is found by, folded, in this language and the first one: worked out once for each process."""
    name = f"{agenda.slug} {tongue}"
    known = KEYS.get(name)
    if known is None or known[0]() is not agenda:
        KEYS.pop(name, None)
        if len(KEYS) >= MOST_CACHED:
            KEYS.pop(next(iter(KEYS)), None)
        known = KEYS[name] = ref(agenda), tuple(place_of(one).key for one in agenda.sessions)
    return known[1]


def documents_found(meeting: Meeting, words: Sequence[str]) -> list[Document]:
    """The documents of the meeting that fit, in their order."""
    return [one for one in meeting.documents if has_all(words, search_key(one.symbol, one.title, worded(one, "title")))]


def people_found(meeting: Meeting, words: Sequence[str]) -> tuple[list[Registration], int]:
    """The first people registered who fit, by name, and how many there are; for organizers."""
    here = (
        Registration.meeting_id == meeting.id,
        *(Registration.search_text.contains(word, autoescape=True) for word in words),
    )
    query = select(Registration).where(*here).order_by(Registration.record_name, Registration.id)
    page = page_looked_for(query.options(joinedload(Registration.delegation)), Registration.id, None, most=A_FEW)
    return list(page.rows), page.count


def record_found(meeting: Meeting, typed: str, sessions: set[int] | None) -> tuple[list[SearchEntry], int]:
    """The first notes, summaries, inputs and cards that fit, and how many; of these sessions, None for all."""
    answers = found(meeting, Question(q=typed), sessions=sessions, page=1)
    return answers.rows[:A_FEW], answers.count


def outcomes_found(meeting: Meeting, typed: str) -> tuple[list[Note], bool]:
    """The first published notes that fit, and whether there are more. A name is found only as far as it may be told."""
    query = published_notes(meeting, fitting(meeting, NoteFilter(words=typed)), Note.id)
    first = query.order_by(Session.starts_at, Session.id, Note.number).limit(A_FEW + 1)
    ids = list(db.session.scalars(first))
    shown = select(Note).where(Note.id.in_(ids[:A_FEW])).options(joinedload(Note.session), joinedload(Note.current))
    notes = {one.id: one for one in db.session.scalars(shown)}
    return [notes[one] for one in ids[:A_FEW]], len(ids) > A_FEW


def paragraphs_found(
    meeting: Meeting, words: Sequence[str], wanted: str | None, *, edits: bool, most: int, of: Report | None = None
) -> Page[Paragraph] | Page[PublishedParagraph]:
    """This page of the paragraphs that fit, of all reports or one: as they are for who edits them, or published."""
    if edits:
        return page_looked_for(drafts_with(meeting, words), Paragraph.id, wanted, most=most)
    return page_looked_for(published_with(meeting, words, of), PublishedParagraph.id, wanted, most=most)


def fellows_found(meeting: Meeting, words: Sequence[str]) -> Page[Registration]:
    """The first who agreed to be shown and fit, and how many; for whoever has a place, and the staff."""
    return fellows(meeting, words, None, most=A_FEW)
