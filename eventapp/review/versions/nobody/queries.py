"""Whose names a report may say nowhere: read from every voice of the meeting, which takes a second for 20,000 notes.

What was read is kept in the process with what it rests on, which is asked anew each time; it is never stale. Names are
all that is kept, of the reports looked at last.
"""

from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256
from threading import Lock

from sqlalchemy import func, select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.db.at_once import at_once
from eventapp.history.models import Entry
from eventapp.record.notes.models import Note
from eventapp.review.language.attribution import merely_present, never_named
from eventapp.review.language.capitals import spoke_at
from eventapp.review.language.names import Names
from eventapp.review.reports.models import Report
from eventapp.review.reports.noted import one_of_each_voice

MOST_KNOWN = 4  # reports of one process
KNOWN: OrderedDict[int, tuple[object, tuple[Names, Names]]] = OrderedDict()
LOCK = Lock()


def nobody_in(report: Report) -> tuple[Names, Names]:
    """The names of the speakers whom no note lets the report name, and of those who were there without a note."""
    people = frozenset(spoke_at(report.meeting))
    stand = (report.meeting_id, report.body_id, report.policy, report.language, people, *_rests_on(report))
    with LOCK:
        known = KNOWN.get(report.id)
    if known and known[0] == stand:
        return known[1]
    voices = one_of_each_voice(report)  # which a revision finds again as long as they are held here
    revisions = [note.current for note in voices]
    unnamed = never_named(revisions, report.policy)
    found = unnamed, merely_present(people, revisions, report.policy, unnamed.allowed)
    with LOCK:
        KNOWN[report.id] = stand, found
        KNOWN.move_to_end(report.id)
        while len(KNOWN) > MOST_KNOWN:
            KNOWN.popitem(last=False)
    return found


def _rests_on(report: Report) -> Iterator[object]:
    """Walk what else this rests on, as the database has it: who speaks in each note, and what may be said of them."""
    here = Session.meeting_id == report.meeting_id
    # A head only grows, and a revision stays as it is but where somebody was erased.
    alike = (Note.session_id, Note.state)
    ever = (func.sum(Note.id), func.sum(Note.head), func.max(Note.state_at))
    notes = select(*alike, func.count(), func.count(Note.deleted_at), *ever)
    in_sessions = Note.session_id.in_(select(Session.id).where(here))  # by an index alone, in its order
    sessions = select(Session.id, Session.rule, Session.cancelled_at.is_(None), Session.body_id)
    spoken_for = (SpeakingRole.name, SpeakingRole.name_own, SpeakingRole.organization, SpeakingRole.country)
    yield db.session.scalar(select(func.max(Entry.id)).where(Entry.thing == "erasure"))
    for query in (
        notes.where(in_sessions).group_by(*alike).order_by(*alike),
        sessions.where(here).order_by(Session.id),
        select(SpeakingRole.id, *spoken_for).join(SpeakingRole.session).where(here).order_by(SpeakingRole.id),
    ):
        yield sha256((db.session.scalar(at_once(query)) or "").encode()).digest()
