"""A page of a list that the database has."""

from flask import Flask
from sqlalchemy import select

from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from tests import make
from tests.counting import counted


def test_a_list_without_rows_is_counted_and_not_read(app: Flask) -> None:
    meeting = make.meeting()
    query = select(Meeting).where(Meeting.slug == "nowhere").order_by(Meeting.id)
    with counted() as sent:
        assert page_in_sql(query, "3", most=10) == Page((), 1, 1, 0)
    assert len(sent) == 1
    assert page_in_sql(select(Meeting), "3", most=10).rows == [meeting]
