"""The table of action lines and goals is read page by page: each is a cut of the whole, and reads no other session."""

import pytest
from flask import Flask

from eventapp.outlets import table
from eventapp.outlets.table import links, page_of_links
from eventapp.record.notes.models import Note
from tests import make, make_review
from tests.counting import loaded


def test_each_page_is_a_cut_of_the_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LINKS_A_PAGE", 3)
    meeting = make.meeting()
    for code in ("S1", "S2", "S3"):
        session = make.session(meeting, code=code)
        make_review.note(session, action_lines=["C2", "C4"], goals=[9, 4])
        make_review.note(session, action_lines=["C2"], goals=[9, 17])
        make_review.note(session, action_lines=["C2", "X1"], goals=[9, 99])  # of themes that the table has not
    whole = links(meeting)
    pages = [page_of_links(meeting, str(number)) for number in range(1, 6)]
    assert len(whole) == pages[0].count == 15
    assert [one for page in pages for one in page.rows] == whole


def test_a_page_reads_the_notes_of_its_sessions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LINKS_A_PAGE", 1)
    meeting = make.meeting()
    for code in ("S1", "S2", "S3", "S4", "S5"):
        make_review.note(make.session(meeting, code=code), action_lines=["C2"], goals=[9])
    with loaded(Note) as found:
        assert [one.session for one in page_of_links(meeting, "5").rows] == ["S5"]
    assert found["Note"] == 1
