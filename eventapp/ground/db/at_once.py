"""All rows of a query as one text: what is only compared need not become a row each."""

from sqlalchemy import Text, cast, func, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Query

NEXT_ROW = "\n"  # JSON has none outside of a text, and writes it otherwise inside


def at_once(query: Query) -> Query:
    """Ask for all rows of a query as one text, each as an array of JSON: the database makes it in a fifth of the time.

    No cell is bytes. Nothing and the empty text differ, and no text can look like the end of a cell or of a row.
    """
    cells = query.subquery().c
    if db.engine.dialect.name == "sqlite":
        return select(func.aggregate_strings(func.json_array(*cells, type_=Text), NEXT_ROW))
    return select(func.aggregate_strings(cast(func.json_build_array(*cells), Text), NEXT_ROW))
