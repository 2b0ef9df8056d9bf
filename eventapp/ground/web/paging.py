"""Pages of a long list: which is asked for, and what is on it; `pager` in _parts/tables.html leads between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.ground.db import db
from eventapp.ground.text.policy import figure

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, counted from 1; of an empty list the one page has nothing on it."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int


def page_of(everything: Sequence[T], wanted: str | None, *, most: int) -> Page[T]:
    """The page that an address asks for; the first where it asks for none, the last where it asks for too much."""
    number, pages = numbered(len(everything), wanted, most)
    return Page(everything[(number - 1) * most : number * most], number, pages, len(everything))


def page_in_sql(query: Select[T], wanted: str | None, *, most: int, count: int | None = None) -> Page[T]:
    """The same of a list that the database has: it counts the rows of this query, and no more than a page is read.

    Where there is none it does not look for them again; `count` is how many there are where that was asked before.
    """
    if count is None:
        count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    if not count:
        return Page((), 1, 1, 0)
    number, pages = numbered(count, wanted, most)
    return Page(db.session.scalars(query.limit(most).offset((number - 1) * most)).all(), number, pages, count)


def page_looked_for(query: Select[T], key: InstrumentedAttribute[int], wanted: str | None, *, most: int) -> Page[T]:
    """The same of a list that takes long to look for: one look counts all and finds this page by its numbers.

    It keeps no more of a row than its number and what the list is in order by.
    """
    number = max(1, figure(wanted))
    look = query.with_only_columns(key, func.count().over()).limit(most).offset((number - 1) * most)
    found = db.session.execute(look).all()
    if not found:  # at all, or this is past the last page
        return page_in_sql(query, wanted, most=most) if number > 1 else Page((), 1, 1, 0)
    rows = db.session.scalars(query.where(key.in_([row[0] for row in found]))).all()
    return Page(rows, number, numbered(found[0][1], wanted, most)[1], found[0][1])


def numbered(count: int, wanted: str | None, most: int) -> tuple[int, int]:
    pages = max(1, -(-count // most))
    return min(max(1, figure(wanted)), pages), pages


def page_with(everything: Sequence[T], one: T, *, most: int) -> str:
    """The number of the page that this one is on, as an address has it; '1' where it is on none."""
    return str(everything.index(one) // most + 1) if one in everything else "1"
