"""A prepared statement brings and takes what SQLAlchemy would, and is heard of as SQLAlchemy's are."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from eventapp.db import db, plain, table_of, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.prepared import Prepared, prepared
from tests import make
from tests.counting import counted

MEETINGS, CATEGORIES, ENTRIES = table_of(Meeting), table_of(Category), table_of(Entry)
AT = select(MEETINGS).where(MEETINGS.c.slug == bindparam("address"), MEETINGS.c.capacity >= 0)


def test_it_answers_what_sqlalchemy_answers(app: Flask) -> None:
    meeting = make.meeting(
        capacity=7, objectives=["To agree", "نتفق"], published_at=datetime(2016, 7, 1, 12, tzinfo=UTC)
    )
    values = {"address": meeting.slug}

    ours, theirs = plain(AT, values).one(), db.session.connection().execute(AT, values).one()

    assert tuple(ours) == tuple(theirs)
    assert (ours.capacity, ours.objectives, ours.published_at.tzinfo) == (7, ["To agree", "نتفق"], UTC)
    assert plain(AT, {"address": "nowhere"}).first() is None
    assert plain(AT, {"address": "nowhere"}).scalar() is None
    assert plain(AT, values).scalars() == [meeting.id]


def test_a_value_that_is_not_given_is_our_fault(app: Flask) -> None:
    with pytest.raises(KeyError):
        plain(AT, {})


def test_what_the_database_refuses_is_the_same_error(app: Flask) -> None:
    category = make.category(make.meeting())
    row = {name: getattr(category, name) for name in CATEGORIES.columns.keys() if name != "id"}  # noqa: SIM118
    statement = insert(CATEGORIES).values({name: bindparam(name, type_=CATEGORIES.c[name].type) for name in row})

    with pytest.raises(IntegrityError), transaction():
        plain(statement, row)
    assert db.session.get_one(Category, category.id).code == category.code


def test_whoever_listens_to_statements_hears_it(app: Flask) -> None:
    with counted() as heard:
        plain(AT, {"address": "nowhere"})
    assert [words.split()[0] for words in heard if words != "BEGIN"] == ["SELECT"]


def test_it_is_made_once_and_only_of_what_stays_the_same(app: Flask) -> None:
    dialect = db.engine.dialect
    assert prepared(AT, dialect) is prepared(AT, dialect)
    with pytest.raises(ValueError, match="not prepared"):
        Prepared(select(MEETINGS.c.id).where(MEETINGS.c.id.in_([1, 2])), dialect)
