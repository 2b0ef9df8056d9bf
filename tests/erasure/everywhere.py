"""The name of a person in every column of every table that takes words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, LargeBinary, String, Table, Text, cast, insert, select, update

from eventapp.erasure.sweeping import has_numbers, is_unique, number_of
from eventapp.ground.db import db, transaction
from eventapp.ground.db.compressed import CompressedRecord
from eventapp.ground.db.types import Base, UtcDateTime
from eventapp.review.reports.models import Snapshot
from tests import make
from tests.erasure.planting import EMAIL, NAME, OWN, PHONE, SECRET
from tests.erasure.searching import packed_words

# What others are called; of the person themselves it is planted by name.
CALLED = frozenset(
    [
        "person.name",
        "person.email",
        "registration.given_name",
        "registration.family_name",
        "registration.name_key",
        "registration.record_name",
        "registration.badge_name",
        "registration.own_name",
    ]
)
MARKS = tuple(one.casefold() for one in (NAME, OWN, EMAIL, PHONE, SECRET, "Zenobia", "Quartermain"))


def columns_of_words() -> Iterator[Column[Any]]:
    """Every column that may hold words or a file."""
    for table in Base.metadata.sorted_tables:
        yield from (
            one for one in table.c if isinstance(one.type, String | Text | JSON | CompressedRecord | LargeBinary)
        )


def to_write(table: Table, but: frozenset[str]) -> list[Column[Any]]:
    """The columns of a table that may hold a name in the words of somebody, and are not left out."""
    words = [one for one in table.c if isinstance(one.type, String | Text | JSON) and not one.primary_key]
    return [one for one in words if has_numbers(table) and str(one) not in but | CALLED]


def give_each_table_a_row(but: frozenset[str]) -> None:
    """A row for each table to write in that has none: of nobody in particular, beside the first row of what it is of."""
    for table in (one for one in Base.metadata.sorted_tables if to_write(one, but)):
        if db.session.execute(select(*table.primary_key).limit(1)).first() is None:
            with transaction():
                db.session.execute(insert(table).values({one.name: harmless(one) for one in table.c if is_needed(one)}))


def is_needed(column: Column[Any]) -> bool:
    made = column.primary_key and column.name == "id"
    return not made and (not column.nullable or isinstance(column.type, JSON))


def harmless(column: Column[Any]) -> Any:
    """A value that this column takes."""
    if column.foreign_keys:
        [foreign] = column.foreign_keys
        return db.session.scalar(select(foreign.column).order_by(foreign.column).limit(1))
    values: list[tuple[type[Any], Any]] = [
        (UtcDateTime, make.TODAY), (Date, date(2026, 3, 1)), (Boolean, False), (JSON, []), (LargeBinary, b"x"),
    ]  # fmt: skip
    values.append((String, f"x{column.table.name}"[: getattr(column.type, "length", None) or 9]))
    return next((value for kind, value in values if isinstance(column.type, kind)), 1)


def write_name_everywhere(but: frozenset[str]) -> None:
    """Write the name into the first row of each table, in each column that may hold it and is not left out."""
    for table in Base.metadata.sorted_tables:
        columns = to_write(table, but)
        if not columns:
            continue
        number = number_of(table)
        row = db.session.execute(select(number, *columns).order_by(number).limit(1)).one()
        words = {one.name: with_name(one, row[place]) for place, one in enumerate(columns, start=1)}
        with transaction():
            db.session.execute(update(table).where(number == row[0]).values(words))


def with_name(column: Column[Any], before: Any) -> Any:
    """What stands there, with the name in it."""
    if isinstance(column.type, JSON):
        return [*before, NAME] if isinstance(before, list) else {**(before or {}), "words": [f"{NAME} said"]}
    return f"{NAME} {column.table.name}" if is_unique(column) else NAME


def planted() -> set[str]:
    """The columns in which something of the person stands, as "table.column"."""
    db.session.rollback()
    return {str(one) for one in columns_of_words() if holds_a_mark(one.table, one)}


def holds_a_mark(table: Table, column: Column[Any]) -> bool:
    """Whether a row of the table has a mark in this column; JSON may write letters as \\u00e9."""
    if column is Snapshot.__table__.c.packed:
        values = packed_words()
    elif isinstance(column.type, LargeBinary):
        values = [bytes(one or b"").decode("utf-8", "replace") for one in db.session.scalars(select(column))]
    else:
        values = [str(one or "") for one in db.session.scalars(select(cast(column, Text)))]
    return any(mark in value.casefold() for value in values for mark in MARKS)
