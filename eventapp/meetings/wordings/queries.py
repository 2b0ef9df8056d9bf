from collections.abc import Sequence

from sqlalchemy import bindparam, select

from eventapp.ground.db import db
from eventapp.meetings.wordings.models import Wording

OF_LETTER = select(Wording).where(
    Wording.meeting_id == bindparam("meeting"),
    Wording.letter == bindparam("letter"),
    Wording.language == bindparam("language"),
)


def wording_of(meeting_id: int, letter: str, language: str) -> Wording | None:
    """The meeting's own words for this letter in this language."""
    return db.session.scalar(OF_LETTER, {"meeting": meeting_id, "letter": letter, "language": language})


def reworded_letters(meeting_id: int) -> set[tuple[str, str]]:
    """Which letters have words of their own, as (letter, language)."""
    query = select(Wording.letter, Wording.language).where(Wording.meeting_id == meeting_id)
    return {(row[0], row[1]) for row in db.session.execute(query)}


def wordings_of(meeting_id: int) -> Sequence[Wording]:
    """The meeting's own words for its letters, in the order in which they were first written."""
    return db.session.scalars(select(Wording).where(Wording.meeting_id == meeting_id).order_by(Wording.id)).all()
