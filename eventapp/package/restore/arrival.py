"""A package on its way in: what is written of it by and by, each piece short, and what is here of it already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select, tuple_

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.exact import Dataclass
from eventapp.meetings.arriving.coming import Look
from eventapp.meetings.models import Meeting
from eventapp.package.manifest.content import Package
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import Delegation


@dataclass(frozen=True)
class Arrival:
    """A package and the number of the meeting that is made of it. `look` asks what is here of it by now."""

    package: Package
    meeting_id: int
    at: datetime
    look: Look

    @property
    def meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.meeting_id)

    def sessions(self, codes: Iterable[str]) -> dict[str, Session]:
        """Those of its sessions with these codes that are here, by code."""
        query = select(Session).where(Session.meeting_id == self.meeting_id, Session.code.in_(set(codes)))
        return {one.code: one for one in db.session.scalars(query)}

    def notes(self, references: Iterable[str]) -> dict[str, Note]:
        """Those of its notes that are called so, by reference."""
        wanted = [(code, int(number)) for code, _dash, number in (one.rpartition("-") for one in set(references))]
        query = select(Note).join(Note.session).where(Session.meeting_id == self.meeting_id)
        rows = db.session.scalars(query.where(tuple_(Session.code, Note.number).in_(wanted))) if wanted else ()
        return {one.reference: one for one in rows}

    def delegations(self, names: Iterable[str]) -> dict[str, Delegation]:
        """Those of its delegations with these folded names that are here, by folded name."""
        named = (Delegation.folded_name.in_(set(names)), Delegation.merged_into_id.is_(None))
        query = select(Delegation).where(Delegation.meeting_id == self.meeting_id, *named)
        return {one.folded_name: one for one in db.session.scalars(query)}

    def revisions(self) -> "Cited":
        """Every revision of its notes as evidence cites it."""
        query = select(Session.code, Note.number, Revision.number, Note.id, Revision.id)
        query = query.join(Note, Note.session_id == Session.id).join(Revision, Revision.note_id == Note.id)
        rows = db.session.execute(query.where(Session.meeting_id == self.meeting_id))
        return {(f"{code}-{number:02d}", which): (note, row) for code, number, which, note, row in rows}


Cited = dict[tuple[str, int], tuple[int, int]]  # reference and number -> the numbers of the rows of note and revision


def values(one: Dataclass, but: Sequence[str] = ()) -> Record:
    """The members of a record as columns: lists for tuples."""
    found = {each.name: getattr(one, each.name) for each in fields(one) if each.name not in but}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
