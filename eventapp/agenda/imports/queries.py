from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.exports.schedule import guid_of
from eventapp.agenda.imports.foreign import Foreign
from eventapp.agenda.imports.models import FAULTY, LEFT, SAME, AgendaImport, AgendaImportRow
from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting

PAGE = 50
THIRTY_DAYS = timedelta(days=30)  # what undoing needs


@dataclass
class Names:
    """The sessions of a meeting by what a file may call them, of which none gets another name."""

    meeting_id: int
    newest: int = 0  # session that was looked up
    numbers: dict[str, int] = field(default_factory=dict)  # of sessions, by each name that a file may have for them
    codes: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)  # those that came without a guid, by their number in the file
    came: dict[int, bool] = field(default_factory=dict)  # sessions that came from a file → whether they are cancelled

    def look(self) -> Self:
        """Look up those that were added. All of them are many: that is for who holds nothing."""
        facts = (Session.id, Session.uid, Session.guid, Session.code, Session.foreign_id, Session.cancelled_at)
        added = select(*facts).where(Session.meeting_id == self.meeting_id, Session.id > self.newest)
        for number, uid, guid, code, foreign_id, cancelled_at in db.session.execute(added):
            self.numbers.update({uid: number, guid_of(uid): number})
            self.codes[code] = number
            if guid:
                self.numbers.update({guid: number, guid_of(guid): number})
                self.came[number] = cancelled_at is not None
            if foreign_id and guid == uid:
                self.counted[foreign_id] = number
            self.newest = max(self.newest, number)
        return self

    def number(self, one: Foreign) -> int | None:
        """The number of the session that this is. A file that has no guid and no UID knows it by code or number."""
        if not (one.uid or one.guid):
            return self.codes.get(one.code, self.counted.get(one.foreign_id))
        named = (one.uid, one.guid, guid_of(one.guid) if one.guid else "")
        return next((self.numbers[name] for name in named if name and name in self.numbers), None)


def imports_of(meeting: Meeting, page: str | None) -> Page[AgendaImport]:
    """The page of files of sessions, the newest first."""
    query = select(AgendaImport).where(AgendaImport.meeting_id == meeting.id).options(joinedload(AgendaImport.by))
    return page_in_sql(query.order_by(AgendaImport.id.desc()), page, most=PAGE)


def import_of(meeting: Meeting, number: int) -> AgendaImport | None:
    """The file of sessions of this meeting with this number."""
    query = select(AgendaImport).where(AgendaImport.meeting_id == meeting.id, AgendaImport.id == number)
    return db.session.scalar(query)


def rows_of(one: AgendaImport) -> Select[AgendaImportRow]:
    """Its rows in the order of the file; last those that the file no longer has."""
    query = select(AgendaImportRow).where(AgendaImportRow.import_id == one.id)
    return query.order_by(AgendaImportRow.number == 0, AgendaImportRow.number, AgendaImportRow.id)


def rows_page(one: AgendaImport, outcome: str, page: str | None) -> Page[AgendaImportRow]:
    """The page of its rows with this outcome; with '' of all that say something."""
    query = rows_of(one)
    query = query.where(AgendaImportRow.outcome == outcome) if outcome else query.where(AgendaImportRow.outcome != SAME)
    return page_in_sql(query, page, most=PAGE)


def rows_that(one: AgendaImport, outcomes: Collection[str], *, most: int) -> Sequence[AgendaImportRow]:
    """The first rows with one of these outcomes."""
    query = select(AgendaImportRow).where(AgendaImportRow.import_id == one.id, AgendaImportRow.outcome.in_(outcomes))
    return db.session.scalars(query.order_by(AgendaImportRow.id).limit(most)).all()


def counts(one: AgendaImport) -> Counter[str]:
    """How many rows would do what, or have done it."""
    query = select(AgendaImportRow.outcome, func.count()).where(AgendaImportRow.import_id == one.id)
    found = db.session.execute(query.group_by(AgendaImportRow.outcome))
    return Counter({outcome: count for outcome, count in found})  # noqa: C416 -- a row is no pair to the types


def faulty(one: AgendaImport) -> Select[AgendaImportRow]:
    """Its rows with a fault."""
    return rows_of(one).where(AgendaImportRow.outcome.in_((FAULTY, LEFT)))


def old_rows(at: datetime, *, most: int) -> Sequence[int]:
    """The numbers of rows of files of long ago, that nothing needs any more; never of one at work."""
    query = select(AgendaImportRow.id).join(AgendaImport).where(AgendaImport.at < at - THIRTY_DAYS)
    return db.session.scalars(query.where(AgendaImport.state.not_in(AgendaImport.WORK)).limit(most)).all()
