from collections.abc import Sequence

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.text.policy import figure
from eventapp.meetings.consents.models import ConsentWording


def consents_in_force(meeting_id: int, language: str) -> ConsentWording | None:
    """What this meeting asks consent to in this language; None where it is in the shipped words since ever."""
    query = select(ConsentWording).where(ConsentWording.meeting_id == meeting_id, ConsentWording.language == language)
    return db.session.scalar(query.order_by(ConsentWording.number.desc()).limit(1))


def consents_numbered(meeting_id: int, number: str | None) -> ConsentWording | None:
    """The version that a form says it showed, None where there is no such one."""
    known = figure(number) if number else None
    if not known:
        return None
    return db.session.scalar(
        select(ConsentWording).where(ConsentWording.meeting_id == meeting_id, ConsentWording.number == known)
    )


def consents_of(meeting_id: int) -> Sequence[ConsentWording]:
    """What is in force in each language, where the meeting ever had words of its own."""
    newest = select(func.max(ConsentWording.number)).where(ConsentWording.meeting_id == meeting_id)
    newest = newest.group_by(ConsentWording.language)
    query = select(ConsentWording).where(ConsentWording.meeting_id == meeting_id, ConsentWording.number.in_(newest))
    return db.session.scalars(query.order_by(ConsentWording.language)).all()


def versions_of(meeting_id: int, language: str) -> Sequence[ConsentWording]:
    """Every version in this language, the newest first."""
    query = select(ConsentWording).where(ConsentWording.meeting_id == meeting_id, ConsentWording.language == language)
    return db.session.scalars(query.order_by(ConsentWording.number.desc())).all()


def consents_read(number: int | None) -> ConsentWording | None:
    """The row with this id: what somebody who registered has read."""
    return db.session.get(ConsentWording, number) if number else None


def last_number(meeting_id: int) -> int:
    """The number of the newest version in any language; 0 before the first."""
    query = select(func.max(ConsentWording.number)).where(ConsentWording.meeting_id == meeting_id)
    return db.session.scalar(query) or 0
