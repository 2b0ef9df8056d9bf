from collections import Counter

from sqlalchemy import ColumnElement, case, func, select, union_all

from eventapp.desk.texts.queries import PARTS, open_to_change
from eventapp.ground.db import db
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.meetings.worded import Worded
from eventapp.vocabulary.tongues import TONGUES


def texts_by_language(meeting: Meeting) -> dict[str, int]:
    """How many things have texts in each language beside the first, those included that it has no more. One query."""
    codes = list(dict.fromkeys((*TONGUES, *meeting.languages)))
    counts = [
        select(*(func.sum(case((has_texts(model, code), 1), else_=0)) for code in codes)).where(*at(model, meeting))
        for model in PARTS.values()
    ]
    rows = list(db.session.execute(union_all(*counts)))
    named = [*themes_of(meeting).own_texts, *(one.texts for one in own_chapters(meeting))]
    other = Counter(code for texts in named for code in texts)
    totals = {code: other[code] + sum(row[place] or 0 for row in rows) for place, code in enumerate(codes)}
    return {code: total for code, total in totals.items() if total}


def has_texts(model: type[Worded], tongue: str) -> ColumnElement[bool]:
    """Whether a row says something in this language."""
    found: ColumnElement[bool] = model.texts[tongue].as_string().is_not(None)
    return found


def at(model: type[Worded], meeting: Meeting) -> list[ColumnElement[bool]]:
    """Whether a row is the meeting, or a part of it whose texts may change."""
    column: ColumnElement[int] = getattr(model, "id" if model is Meeting else "meeting_id")
    return [column == meeting.id, *open_to_change(model)]


def rows_with_texts(meeting: Meeting, tongue: str) -> list[Worded]:
    """Everything of the meeting that says something in this language, closed and cancelled too. A query a kind."""
    return [
        row
        for model in PARTS.values()
        for row in db.session.scalars(select(model).where(*at(model, meeting), has_texts(model, tongue)))
    ]
