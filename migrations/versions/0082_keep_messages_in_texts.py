"""keep messages and announcements in the texts of parts of a meeting, without English where it has none"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from eventapp.ground.db.types import Record

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

TABLES = ("message", "announcement")
A_TIME = 500


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("changed_since", sa.JSON(), nullable=False, server_default="{}"))
    change("message", first_language_first)
    change("announcement", lambda texts, first: first_language_first(in_texts(texts), first))


def downgrade() -> None:
    change("announcement", lambda texts, _first: {code: words.get("text", "") for code, words in texts.items()})
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("changed_since")


def in_texts(texts: Record) -> Record:
    """{"en": "…"} as {"en": {"text": "…"}}."""
    return {code: {"text": words} for code, words in texts.items() if words}


def first_language_first(texts: Record, first: str) -> Record:
    """The texts with that of the meeting's first language first: it is what other readers get. Empty ones go."""
    found = {code: words for code, words in texts.items() if any(words.values())}
    return {**({first: found[first]} if first in found else {}), **found}


def change(table: str, anew: Callable[[Record, str], Record]) -> None:
    """Write the texts of each row anew, so many at a time."""
    rows = sa.table(table, sa.column("id"), sa.column("meeting_id"), sa.column("texts", sa.JSON()))
    meetings = sa.table("meeting", sa.column("id"), sa.column("languages", sa.JSON()))
    connection, last = op.get_bind(), 0
    query = sa.select(rows.c.id, rows.c.texts, meetings.c.languages).join(meetings, rows.c.meeting_id == meetings.c.id)
    while True:
        batch = connection.execute(query.where(rows.c.id > last).order_by(rows.c.id).limit(A_TIME)).all()
        if not batch:
            return
        for number, texts, languages in batch:
            words = anew(texts, (languages or ["en"])[0])
            if list(words.items()) != list(texts.items()):
                connection.execute(sa.update(rows).where(rows.c.id == number).values(texts=words))
        last = batch[-1].id
