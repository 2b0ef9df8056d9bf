"""Which published notes fit what is asked for: the database looks, in what the world reads and nowhere else."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting
from eventapp.record.notes.content import ALLOWED
from eventapp.record.notes.filter import NoteFilter
from eventapp.record.notes.models import PUBLISHED, Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.record.search.index import NOTE
from eventapp.record.search.models import SearchEntry
from eventapp.record.search.query import Question, conditions
from eventapp.vocabulary.notes import CEILINGS, lowest_ceiling
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

PERSON, ORGANIZATION, CATEGORY = "person", "organization", "category"


def open_to_all() -> tuple[ColumnElement[bool], ...]:
    """What holds of a note that the world reads, its session joined."""
    return (Note.state == PUBLISHED, Note.deleted_at.is_(None), Session.cancelled_at.is_(None))


def public_at(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    """The same of this meeting, without what is off the record."""
    return (Session.meeting_id == meeting.id, *open_to_all(), Note.id.not_in(OFF_RECORD))


def fitting(meeting: Meeting, criteria: NoteFilter) -> tuple[ColumnElement[bool], ...]:
    """What holds of a note that fits, and of what the search finds it by; nothing where nothing is asked for.

    Words are looked for in the text, its translations, the reference, and as much of the source as may be told.
    """
    asked = Question(kind=criteria.kind, line=criteria.line, goal=criteria.goal)
    words = Question(q=criteria.words).words
    bodies = _organizations(meeting, words) if words else []
    return (*conditions(asked), *(_has_word(word, bodies) for word in words))


def published_notes(
    meeting: Meeting,
    fits: Sequence[ColumnElement[bool]],
    *columns: Any,  # of any types
    of: Collection[int] | None = None,
) -> Query:
    """Return these columns of each published note of the meeting that fits, its session joined, in no order.

    Of these sessions only where their row numbers are given: no more than theirs is looked through then.
    """
    query = select(*columns).select_from(Note).join(Note.session).where(*public_at(meeting))
    if of is not None:
        query = query.where(Note.session_id.in_(of))
    if not fits:
        return query
    query = query.join(SearchEntry, _is_found_by(meeting))
    if of is not None:
        query = query.where(SearchEntry.session_id.in_(of))
    return query.outerjoin(Note.current).where(*fits)  # which databases leave out where nothing asks for it


def _is_found_by(meeting: Meeting) -> ColumnElement[bool]:
    """Ask for what the search finds a note by; the meeting says which of a decade are looked through."""
    return and_(SearchEntry.meeting_id == meeting.id, SearchEntry.thing == NOTE, SearchEntry.thing_id == Note.id)


def _organizations(meeting: Meeting, words: Iterable[str]) -> list[str]:
    """Return the organizations whose names may have one of these words: those of sources that have it."""
    query = select(Revision.organization).select_from(Note).join(Note.current).join(SearchEntry, _is_found_by(meeting))
    in_sources = or_(*(SearchEntry.speaker.contains(word, autoescape=True) for word in words))
    return list(db.session.scalars(query.where(in_sources).distinct()))


def _has_word(word: str, organizations: Iterable[str]) -> ColumnElement[bool]:
    """Ask for a word in what the world reads of a note: what `attribution` tells of its source and no more.

    In most notes it is not in the source: then it is in what anybody may read.
    """
    bodies = [one for one in organizations if word in search_key(one)]
    person = _may_tell(PERSON) & (Revision.speaker != "")
    body = _may_tell(PERSON, ORGANIZATION) & ~person & (Revision.organization != "")
    may_be_named = or_(person, body & Revision.organization.in_(bodies)) if bodies else person
    in_text = func.replace(SearchEntry.words, SearchEntry.speaker, "").contains(word, autoescape=True)
    in_source = SearchEntry.speaker.contains(word, autoescape=True)
    found = and_(SearchEntry.words.contains(word, autoescape=True), or_(~in_source, in_text, may_be_named))
    kinds = [code for code, one in STAKEHOLDER_TYPES.items() if word in search_key(one.label)]
    kind = _may_tell(PERSON, ORGANIZATION, CATEGORY) & ~person & ~body
    return or_(found, kind & Revision.stakeholder_type.in_(kinds)) if kinds else found


def _may_tell(*levels: str) -> ColumnElement[bool]:
    """Ask for the most that may be told of a source, one of these: by the note's own ceiling and its session's rule."""
    return or_(
        false(),
        *(
            and_(
                Session.rule == rule,
                Revision.ceiling.in_([one for one in CEILINGS if lowest_ceiling(one, most[0]) in levels]),
            )
            for rule, most in ALLOWED.items()
        ),
    )
