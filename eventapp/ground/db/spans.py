"""How long something lasted, said by the database."""

from datetime import datetime

from sqlalchemy import ColumnElement, Float, Integer, cast, extract, func
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.ground.db import db

Moment = InstrumentedAttribute[datetime | None]  # a column
DAY = 86_400  # seconds
TO_MILLISECONDS = 3  # SQLite counts in parts of a day: what is finer is its rounding


def whole_seconds(since: Moment, until: Moment) -> ColumnElement[int]:
    """The whole seconds between two moments, each taken to the millisecond, as Python would cut them."""
    if db.engine.dialect.name == "sqlite":
        days = func.julianday(until, type_=Float) - func.julianday(since, type_=Float)
        return cast(func.round(days * DAY, TO_MILLISECONDS), Integer)
    return cast(func.floor(extract("epoch", until - since)), Integer)
