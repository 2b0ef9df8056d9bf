"""Looking for the names of a person in every text of the database, some rows in one transaction.

What was issued stays as it was issued: it is in the hands of others, and its digest is public.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import joinedload

from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.erasure.emptying import empty_imports, erase_prepared
from eventapp.erasure.files import FILES, WaitingFile, next_file, write_file
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import ERASED, Names
from eventapp.erasure.versions import VERSIONS, WORDS, Version, next_version, stand_of, write
from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.registration.application import index
from eventapp.registration.imports.models import ImportRow
from eventapp.registration.models import Registration

A_TIME = 2000  # rows looked through in one transaction
ISSUED = (
    "edition",
    "edition_front",
    "edition_page",
    "edition_place",
    "adoption",
    "release",
    "official_list_version",
    "official_list_line",
)
# What people are called: of the person it was emptied, and others are called what they are called.
OF_PEOPLE = ("person",)
CALLED = ("given_name", "family_name", "name_key", "record_name", "badge_name", "own_name", "client_key")
# Who answers questions about a meeting is named by its organizers, and replaced by them.
STAYING = (
    ("erasure", "names"),
    ("meeting", "contact_email"),
    ("nominee", "key"),
    ("nominee", "name_key"),
    *(("registration", one) for one in CALLED),
)
HISTORY = Entry.__tablename__
LAST = (VERSIONS, FILES, ImportRow.__tablename__, HISTORY, Erasure.__tablename__)
Ahead = Version | WaitingFile  # what is read before anything is held


def read_next(erasure: Erasure) -> Ahead | None:
    """The next version or file, where it is the turn of one; None where it is that of rows."""
    table = turn_of(erasure)
    name = table.name if table is not None else ""
    return next_version(erasure) if name == VERSIONS else next_file(erasure) if name == FILES else None


def sweep_next(erasure: Erasure, ahead: Ahead | None, *, at: datetime) -> None:
    """Look through the next rows; when there is no other table, forget the names: it is done.

    Of the kept versions and of files the next one, which was read before; where it was not, nothing is done.
    """
    table = turn_of(erasure)
    if table is None:
        erase_prepared(erasure.person, erasure.meeting_id)  # one that was made meanwhile may have the name
        erasure.names, erasure.done_at = [], at
        return
    if table.name in (VERSIONS, FILES):
        sweep_ahead(erasure, table, ahead)
        return
    until = erasure.after + A_TIME
    number = number_of(table)
    some = (number > erasure.after) & (number <= until)
    if table.name == HISTORY:
        sweep_history(erasure, some, at=at)
    else:
        changed = sweep(table, some, Names(erasure.names), texts_of(table))
        if table.name in MADE_ANEW:
            MADE_ANEW[table.name](changed)
    is_last = (db.session.scalar(select(func.max(number))) or 0) <= until
    erasure.place, erasure.after = table.name, 0 if is_last else until


def turn_of(erasure: Erasure) -> Table | None:
    """The table in which rows are looked through next."""
    return Base.metadata.tables[erasure.place] if erasure.after else table_after(erasure.place)


def sweep_ahead(erasure: Erasure, table: Table, ahead: Ahead | None) -> None:
    if ahead is None or ahead.stand != stand_of(erasure):
        return
    if isinstance(ahead, WaitingFile):
        write_file(ahead)
        empty_imports([one for one in erasure.names if "@" in one], [])  # rows that were read out of it meanwhile
    elif ahead.number is not None:
        write(ahead)
        columns = [one for one in texts_of(table) if one.name not in WORDS]
        sweep(table, number_of(table) == ahead.number, Names(erasure.names), columns)
    erasure.place, erasure.after = table.name, ahead.number or 0


def table_after(name: str) -> Table | None:
    """The table that is looked through after this one: first what versions are made of, then these, files, history.

    A version that is kept meanwhile has no name that was taken out of the paragraphs, nor has a row that is read
    meanwhile one that was taken out of its file. Erasures are the last.
    """
    swept = sorted((one for one in Base.metadata.tables.values() if texts_of(one) or one.name == FILES), key=order)
    later = [one for one in swept if not name or order(one) > order(Base.metadata.tables[name])]
    return later[0] if later else None


def order(table: Table) -> tuple[int, str]:
    return LAST.index(table.name) + 1 if table.name in LAST else 0, table.name


def texts_of(table: Table) -> list[Column[object]]:
    """The columns that may hold a name: of a table whose rows have numbers, and that is not what was issued."""
    if table.name in ISSUED + OF_PEOPLE or not has_numbers(table):
        return []
    return [
        one
        for one in table.c
        if isinstance(one.type, String | Text | JSON) and not one.primary_key and (table.name, one.name) not in STAYING
    ]


def has_numbers(table: Table) -> bool:
    """Whether its rows are told apart by one number: their own, or that of the row they stand beside."""
    keys = list(table.primary_key)
    return len(keys) == 1 and isinstance(keys[0].type, Integer)


def number_of(table: Table) -> Column[int]:
    """The column with that number."""
    [number] = table.primary_key
    return number


def holds(columns: Sequence[Column[object]], names: Names) -> ColumnElement[bool]:
    """Whether one of the columns may hold a name: all of them are put behind one another, and looked through once."""
    everything: ColumnElement[str] = literal("", Text)
    for one in columns:
        everything = everything + func.coalesce(cast(one, Text), "") + "\n"
    return or_(false(), *(everything.icontains(name, autoescape=True) for name in names.pieces))


def sweep(table: Table, some: ColumnElement[bool], names: Names, columns: Sequence[Column[object]]) -> list[int]:
    """Take the names out of these columns of some rows. Returns the numbers of the rows that are written anew."""
    number, written = number_of(table), list[int]()
    query = select(number, *columns).where(some, holds(columns, names))
    for row in db.session.execute(query).mappings().all():
        found = {one: names.taken_out(row[one]) for one in columns}
        changed = {one.name: shortened(one, value, row[number]) for one, value in found.items() if value != row[one]}
        if changed:
            db.session.execute(update(table).where(number == row[number]).values(changed))
            written.append(row[number])
    db.session.expire_all()
    return written


def index_anew(numbers: Sequence[int]) -> None:
    """Others are still found by their own names, which may have words of the person's in them."""
    query = select(Registration).where(Registration.id.in_(numbers))
    for one in db.session.scalars(query.options(joinedload(Registration.delegation), joinedload(Registration.person))):
        index(one, one.delegation.name, one.person.email)
    db.session.flush()


def know_anew(numbers: Sequence[int]) -> None:
    """Nominees out of whose words a name was taken are known by what is left; no two of a meeting by the same."""
    for one in db.session.scalars(select(Nominee).where(Nominee.id.in_(numbers)).order_by(Nominee.id)):
        one.know_by_name()
        key = Nomination(one.name, one.delegation, one.stakeholder_type).key
        same = select(Nominee.id).where(Nominee.meeting_id == one.meeting_id, Nominee.key == key, Nominee.id != one.id)
        is_taken = db.session.scalar(same) is not None
        one.key = f"{key[:780]} {one.id}" if is_taken else key
        db.session.flush()


MADE_ANEW = {Registration.__tablename__: index_anew, Nominee.__tablename__: know_anew}


def shortened(column: Column[object], value: object, number: int) -> object:
    """The value as the column takes it; where no two may be the same, with the number of its row."""
    if not isinstance(value, str):
        return value
    if is_unique(column):
        value = f"{value} {number}"
    return value[: column.type.length] if isinstance(column.type, String) and column.type.length else value


def is_unique(column: Column[object]) -> bool:
    apart = [one for one in column.table.constraints if isinstance(one, UniqueConstraint)]
    return bool(column.unique) or any(column.name in one.columns for one in apart)


def sweep_history(erasure: Erasure, some: ColumnElement[bool], *, at: datetime) -> None:
    names = Names(erasure.names)
    columns = [Base.metadata.tables[HISTORY].c.detail, Base.metadata.tables[HISTORY].c.by_name]
    theirs, changed = Entry.by_id == erasure.person_id, []
    query = select(Entry).where(some, Entry.number.is_not(None), or_(theirs, holds(columns, names)))
    for entry in db.session.scalars(query.order_by(Entry.number)):
        detail = {name: names.taken_out(value) for name, value in entry.detail.items()}
        by = ERASED if entry.by_id == erasure.person_id else str(names.taken_out(entry.by_name))
        if (detail, by) != (entry.detail, entry.by_name):
            entry.detail, entry.by_name = detail, by
            changed.append(entry)
    seal_anew(changed, erasure.person, by=None, at=at)
