from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key
from eventapp.ground.web.paging import Page, page_in_sql, page_of
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, Delegation, Registration

A_PAGE = 50


def fellows(meeting: Meeting, words: Sequence[str], wanted: str | None, *, most: int = A_PAGE) -> Page[Registration]:
    """A page of those who have a place and agreed to be shown, by name; of them those who fit each folded word.

    Words are looked for in what the page tells alone: nobody learns an address by trying.
    """
    by_name = (Registration.record_name, Registration.id)
    around = joinedload(Registration.delegation), joinedload(Registration.person)
    shown = select(Registration).order_by(*by_name).options(*around)
    if not words:
        return page_in_sql(shown.where(*_agreed(meeting)), wanted, most=most)
    shown_columns = (Registration.record_name, Registration.own_name, Registration.organization, Delegation.name)
    query = (
        select(Registration.id, *shown_columns)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(*_agreed(meeting), *(Registration.search_text.contains(word, autoescape=True) for word in words))
        .order_by(*by_name)
    )
    ids = [row[0] for row in db.session.execute(query) if _has(words, search_key(*row[1:]))]
    page = page_of(ids, wanted, most=most)
    rows = db.session.scalars(shown.where(Registration.id.in_(page.rows))).all()
    return Page(rows, page.number, page.pages, page.count)


def _agreed(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return Registration.meeting_id == meeting.id, Registration.state == APPROVED, Registration.lists_name.is_(True)


def _has(words: Sequence[str], text: str) -> bool:
    return all(word in text for word in words)
