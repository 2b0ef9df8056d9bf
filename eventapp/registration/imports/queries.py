from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.answers.models import Answer
from eventapp.registration.entry import AROUND
from eventapp.registration.imports.columns import headings
from eventapp.registration.imports.models import FAULTY, LEFT, PEOPLE, TAKEN_BACK, Import, ImportFile, ImportRow
from eventapp.registration.models import Registration

PAGE = 50
THIRTY_DAYS = timedelta(days=30)  # what undoing needs
# Rows of these tables come with a registration itself: they do not say that somebody uses it.
OWN_TABLES = ("decision", "decision_line", "answer", "registration_import_row")


def imports_of(meeting: Meeting, kind: str, page: str | None) -> Page[Import]:
    """The page of imports of this kind, the newest first."""
    query = select(Import).where(Import.meeting_id == meeting.id, Import.kind == kind).options(joinedload(Import.by))
    return page_in_sql(query.order_by(Import.id.desc()), page, most=PAGE)


def import_of(meeting: Meeting, number: int) -> Import | None:
    """The import of this meeting with this number."""
    return db.session.scalar(select(Import).where(Import.meeting_id == meeting.id, Import.id == number))


def columns_before(meeting: Meeting, kind: str = PEOPLE) -> dict[str, str]:
    """What the columns of the newest file of this kind whose columns were chosen are, by their headings."""
    query = (
        select(Import)
        .where(Import.meeting_id == meeting.id, Import.kind == kind)
        .order_by(Import.id.desc())
        .limit(PAGE)
    )
    chosen = next((one for one in db.session.scalars(query) if one.columns), None)
    return headings(chosen.heads, chosen.columns) if chosen else {}


def content_of(one: Import) -> bytes:
    """The file itself; nothing once it was imported."""
    return db.session.scalar(select(ImportFile.content).where(ImportFile.import_id == one.id)) or b""


def counts(one: Import) -> Counter[str]:
    """How many rows would do what, or have done it."""
    query = select(ImportRow.outcome, func.count()).where(ImportRow.import_id == one.id)
    found = db.session.execute(query.group_by(ImportRow.outcome))
    return Counter({outcome: count for outcome, count in found})  # noqa: C416 -- a row is no pair to the types


def rows_that(one: Import, outcomes: Collection[str], *, most: int, newest: bool = False) -> Sequence[ImportRow]:
    """The first rows, or the last, with one of these outcomes."""
    order = ImportRow.number.desc() if newest else ImportRow.number
    query = select(ImportRow).where(ImportRow.import_id == one.id, ImportRow.outcome.in_(outcomes))
    return db.session.scalars(query.order_by(order).limit(most)).all()


def faulty(one: Import) -> Select[ImportRow]:
    """Ask for the rows that something is wrong with, or that could not be taken back."""
    return (
        select(ImportRow)
        .where(ImportRow.import_id == one.id, ImportRow.outcome.in_((FAULTY, LEFT)))
        .order_by(ImportRow.number)
    )


def faulty_page(one: Import, page: str | None) -> Page[ImportRow]:
    """The page of them."""
    return page_in_sql(faulty(one).options(joinedload(ImportRow.registration)), page, most=PAGE)


def registered(meeting: Meeting, emails: Collection[str]) -> dict[str, Registration]:
    """The registrations of these addresses, by address, with what a form of them shows."""
    query = select(Registration).join(Registration.person).where(Registration.meeting_id == meeting.id)
    found = db.session.scalars(query.where(Person.email.in_(emails)).options(*AROUND))
    return {one.person.email: one for one in found}


def first_with(one: Import, emails: Collection[str]) -> Mapping[str, int]:
    """The first row of the file with each of these addresses."""
    query = select(ImportRow.email, func.min(ImportRow.number)).where(ImportRow.import_id == one.id)
    found = db.session.execute(query.where(ImportRow.email.in_(emails)).group_by(ImportRow.email))
    return {email: number for email, number in found}  # noqa: C416 -- a row is no pair to the types


def taken_back(registrations: Collection[int]) -> set[int]:
    """Those of these registrations, by number, that an undone import left withdrawn, and nobody changed since."""
    query = select(ImportRow.registration_id).join(ImportRow.registration)
    query = query.where(ImportRow.outcome == TAKEN_BACK, ImportRow.version == Registration.version)
    return {number for number in db.session.scalars(query.where(Registration.id.in_(registrations))) if number}


def in_use(registration: Registration, since: datetime) -> set[str]:
    """The tables in which something hangs on this registration by now, whatever feature has them."""
    tables = [
        (table.name, exists().where(column == registration.id))
        for table in Base.metadata.sorted_tables
        if table.name not in OWN_TABLES
        for column in table.columns
        if any(key.target_fullname == "registration.id" for key in column.foreign_keys)
    ]
    later = exists().where(Answer.registration_id == registration.id, Answer.at > since)
    named = [*tables, ("answer", later)]
    row = db.session.execute(select(*(condition for _name, condition in named))).one()
    return {name for (name, _condition), is_there in zip(named, row, strict=True) if is_there}


def old_rows(at: datetime, *, most: int) -> Sequence[int]:
    """Rows, by number, of files that were chosen long ago, whatever became of them; never of one at work."""
    query = select(ImportRow.id).join(ImportRow.of).where(Import.state.not_in(Import.WORK))
    query = query.where(Import.at <= at - THIRTY_DAYS)
    return db.session.scalars(query.order_by(ImportRow.id).limit(most)).all()


def old_files(at: datetime) -> Sequence[int]:
    """Files that were chosen long ago and never imported, by the number of their import."""
    query = select(ImportFile.import_id).join(Import, Import.id == ImportFile.import_id)
    return db.session.scalars(query.where(Import.at <= at - THIRTY_DAYS, Import.state.not_in(Import.WORK))).all()
