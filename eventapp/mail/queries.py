from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from eventapp.ground.db import db
from eventapp.mail.models import FAILED, OVER_WITH_WORDS, Letter

SENT_AGAIN_WITHIN = timedelta(days=30)


def newest_letters(most: int) -> list[Letter]:
    """The letters posted last, whatever they are about."""
    return list(db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(most)))


def letters_at(meeting_id: int, *, state: str = "", page: int = 1, most: int = 50) -> list[Letter]:
    """The letters of this meeting, the newest first, one page of them; of one state where it is named."""
    query = select(Letter).where(Letter.meeting_id == meeting_id)
    if state:
        query = query.where(Letter.state == state)
    return list(db.session.scalars(query.order_by(Letter.id.desc()).limit(most).offset((page - 1) * most)))


def letter_counts(meeting_id: int) -> dict[str, int]:
    """How many letters of this meeting are waiting, sent and failed."""
    query = select(Letter.state, func.count()).where(Letter.meeting_id == meeting_id).group_by(Letter.state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def letter_at(meeting_id: int, number: int) -> Letter | None:
    """This letter, where it is about this meeting."""
    return db.session.scalar(select(Letter).where(Letter.id == number, Letter.meeting_id == meeting_id))


def failed_long_ago(at: datetime, *, most: int) -> list[Letter]:
    """Letters that failed so long ago that nobody sends them again, and that still hold their links."""
    query = select(Letter).where(Letter.state == FAILED, Letter.due_at < at - SENT_AGAIN_WITHIN, Letter.html != "")
    return list(db.session.scalars(query.order_by(Letter.due_at, Letter.id).limit(most)))


def with_old_words(before: datetime, *, most: int) -> dict[int, int | None]:
    """The letters sent or given up before this moment that have words: number -> its meeting's."""
    old = Letter.due_at < before  # of one that was sent the end of its lease
    query = select(Letter.id, Letter.meeting_id).where(text(OVER_WITH_WORDS), old).order_by(Letter.due_at).limit(most)
    return {row[0]: row[1] for row in db.session.execute(query)}


def letters_with_words(meeting_id: int) -> tuple[int, datetime | None, datetime | None]:
    """How many letters of this meeting that left or were given up have words, and when the first and last were."""
    query = select(func.count(), func.min(Letter.due_at), func.max(Letter.due_at)).where(text(OVER_WITH_WORDS))
    count, first, last = db.session.execute(query.where(Letter.meeting_id == meeting_id)).one()
    return count, first, last
