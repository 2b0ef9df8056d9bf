"""A page of a list that the database has."""

from flask import Flask
from sqlalchemy import select

from eventapp.ground.web.paging import Page, page_in_sql, page_looked_for
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


def test_a_list_that_takes_long_to_look_for_is_looked_through_once(app: Flask) -> None:
    for number in range(5):
        make.meeting(slug=f"m{number}")
    query = select(Meeting).order_by(Meeting.slug.desc())
    for wanted in (None, "1", "2", "3", "9", "x"):
        assert page_looked_for(query, Meeting.id, wanted, most=2) == page_in_sql(query, wanted, most=2)
    for fitting, statements in ((query, 2), (query.where(Meeting.slug == "nowhere"), 1)):
        with counted() as sent:
            page_looked_for(fitting, Meeting.id, None, most=2)
        assert len(sent) == statements, "and its rows by their numbers"
    assert page_looked_for(query.where(Meeting.slug == "nowhere"), Meeting.id, "3", most=2) == Page((), 1, 1, 0)
