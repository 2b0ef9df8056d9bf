"""Versions of a draft that were kept, and what changed between any two of them."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from eventapp.clearance.actions import Asked, adopt, ask_reader
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.in_runs import digest_of
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, STEWARD
from eventapp.record.notes.difference import NEW, OLD, SAME, Run
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compilation.actions import compile_report
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report, Snapshot
from eventapp.review.versions import snapshots as keeping
from eventapp.review.versions.snapshots import Line, lines_at, snapshots_of
from eventapp.review.versions.tracking import in_order, tracked
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(hours=9)


@pytest.fixture
def report(app: Flask) -> Report:
    meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for text in ("Prices fall.", "Networks grow.", "Skills lag."):
        make_review.note(session, text=text)
    return make_review.report(meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}/versions{tail}"


def reasons(report: Report) -> list[str]:
    return [one.why for one in reversed(snapshots_of(report))]


def edit(report: Report, place: int, text: str) -> None:
    row = paragraphs(report)[place]
    with transaction():
        editing.rewrite(row, text, version=row.version, by=None, at=LATER)


def line(key: int, text: str, part: int = 1, place: str = "") -> Line:
    return Line(key, part, f"Chapter {part}", place or str(key), text)


def told(before: list[Line], after: list[Line]) -> list[tuple[str, str, bool]]:
    return [(one.before, one.after, one.is_moved) for one in tracked(before, after)]


def test_a_version_is_kept_at_each_turn_of_the_report(report: Report) -> None:
    assert reasons(report) == ["compiled"]
    compile_report(report, by=None, at=LATER)
    assert reasons(report) == ["compiled"]  # nothing has changed

    edit(report, -1, "By hand.")
    make_review.note(paragraphs(report)[-1].evidence[0].note.session, text="Rules differ.")
    compile_report(report, by=None, at=LATER)
    assert reasons(report) == ["compiled", "edited", "compiled"]
    with transaction():
        ask_reader(report, Asked("Ada", "ada@example.org", "", (), 2), by=None, at=now())
    for row in paragraphs(report):
        with transaction():
            adopt(row, row.version, by=None, at=now())
    publish(report, by=None, at=LATER)
    assert reasons(report)[3:] == ["clearance", "adopted", "published"]
    assert [one.text for one in lines_at(report, 2) or ()][-1] == "By hand."


def test_what_compiling_changed_is_one_link_away_and_stands_until_something_else_changes(
    report: Report, editor: PageClient
) -> None:
    make_review.note(paragraphs(report)[-1].evidence[0].note.session, text="Rules differ.")
    editor.post(address(report).replace("/versions", "/compilation"))
    assert f'<a href="{address(report)}">What changed</a>' in editor.get(address(report).removesuffix("/versions")).text
    for _time in range(2):
        page = editor.get(address(report)).text
        assert "It was noted that rules differed." in page
        assert "Both read the same" not in page
        with transaction():
            ask_reader(report, Asked("Ada", "ada@example.org", "", (), 2), by=None, at=now())  # keeps a version too
    edit(report, -1, "By hand.")
    assert "1 paragraph differs" in editor.get(address(report)).text


def test_an_editor_keeps_a_version_and_sees_what_changed_since(report: Report, editor: PageClient) -> None:
    assert editor.post(address(report), data={"remark": "For the Bureau"}).status_code == 303
    again = editor.post(address(report), data={"remark": "Once more"})
    assert again.status_code == 409
    assert "Nothing has changed since a version was saved." in again.text
    assert "Once more" in again.text
    long = editor.post(address(report), data={"remark": "x" * 201})
    assert long.status_code == 422

    edit(report, -1, "It was noted that skills lagged far behind.")
    page = editor.get(address(report)).text
    assert "Saved by an editor: For the Bureau" in page
    assert '<ins><bdi class="vh">(put in:) </bdi> far behind</ins>' in page
    assert "1 paragraph differs, 3 read the same." in page
    assert "It was noted that networks grew." not in page
    assert "It was noted that networks grew." in editor.get(address(report, "?all=1")).text


def test_any_two_versions_are_compared_in_either_direction(report: Report, editor: PageClient) -> None:
    edit(report, -1, "One.")
    editor.post(address(report), data={"remark": "one"})
    edit(report, -1, "Two.")
    editor.post(address(report), data={"remark": "two"})
    edit(report, -1, "Three.")
    assert "One</del><ins>" in editor.get(address(report, "?before=2&after=3")).text
    assert "Two</del><ins>" in editor.get(address(report, "?before=3&after=2")).text
    assert "Both read the same" in editor.get(address(report, "?before=3&after=3")).text
    for unknown in ("?before=9", "?after=9", "?before=-1"):
        assert editor.get(address(report, unknown)).status_code == 404


def test_a_steward_reads_no_versions(app: Flask, report: Report) -> None:
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.sign_in(make.staff(report.meeting, STEWARD))
    assert client.get(address(report)).status_code == 404


def test_a_moved_paragraph_is_shown_as_moved_and_its_words_as_they_changed(report: Report, editor: PageClient) -> None:
    last, first = paragraphs(report)[-1], paragraphs(report)[1]
    with transaction():
        arranging.move(last, last.chapter, before=first, by=None, at=LATER)
    edit(report, 1, "It was noted that skills lagged still.")
    rows = [one for one in tracked(lines_at(report, 1) or [], lines_at(report, 0) or []) if one.is_changed]
    assert [(one.before, one.after, one.is_moved) for one in rows] == [("4", "2", True)]
    assert [run for run in rows[0].runs if run.kind != SAME] == [Run(NEW, " still")]
    assert "Paragraph 2, before 4" in editor.get(address(report)).text


def test_what_went_stands_where_it_stood_and_what_came_is_new() -> None:
    before = [line(1, "Apples."), line(2, "Pears grow on trees."), line(3, "Plums.")]
    after = [line(1, "Apples."), line(3, "Plums.", place="2"), line(9, "Quite another thing.", place="3")]
    assert told(before, after) == [("1", "1", False), ("2", "", False), ("3", "2", False), ("", "3", False)]


def test_a_paragraph_made_anew_in_another_row_is_known_by_its_words() -> None:
    before = [line(1, "It was noted that prices fall."), line(2, "Other.")]
    after = [line(7, "It was noted that prices rise."), line(8, "Other.")]
    assert told(before, after) == [("1", "7", False), ("2", "8", False)]


def test_crossing_into_another_chapter_is_a_move_though_the_order_stands() -> None:
    before, after = [line(1, "A."), line(2, "B.")], [line(1, "A."), line(2, "B.", part=2)]
    assert [one.is_moved for one in tracked(before, after)] == [False, True]
    renamed = [Line(1, 1, "Other title", "1", "A."), line(2, "B.")]
    assert [one.is_changed for one in tracked(before, renamed)] == [False, False]


LINES = st.lists(st.integers(0, 12), unique=True, max_size=9).map(
    lambda keys: [line(one, f"Words {one}.") for one in keys]
)


@given(before=LINES, after=LINES)
def test_both_versions_are_given_back_whole(before: list[Line], after: list[Line]) -> None:
    """Whatever moved: the later version reads in its order, and no paragraph of the earlier is lost or told twice."""
    rows = tracked(before, after)
    assert [one.after for one in rows if one.after] == [one.place for one in after]
    assert sorted(one.before for one in rows if one.before) == sorted(one.place for one in before)
    assert ["".join(run.text for run in one.runs if run.kind != OLD) for one in rows if one.after] == [
        one.text for one in after
    ]
    stayed = [int(one.before) for one in rows if one.before and one.after and not one.is_moved]
    order = [one.key for one in before]
    assert [order.index(key) for key in stayed] == sorted(order.index(key) for key in stayed)


def test_as_few_as_can_be_are_said_to_have_moved() -> None:
    assert in_order([3, 0, 1, 2]) == {0, 1, 2}
    assert in_order([1, 2, 0]) == {1, 2}
    assert in_order([]) == set()


def test_words_that_rest_on_a_note_put_off_the_record_are_withheld(report: Report, editor: PageClient) -> None:
    note = db.session.get_one(Note, paragraphs(report)[-1].evidence[0].note_id)
    edit(report, -1, "Cut.")
    assert "kills lag" in editor.get(address(report, "?before=1")).text
    make_review.revise(note, text="Skills lag.", off_record=True)
    page = editor.get(address(report, "?before=1&all=1")).text
    assert "kills lag" not in page
    assert "off the record" in page


def test_a_version_with_no_words_is_not_kept(app: Flask) -> None:
    report = make_review.report(make.meeting(mandate=[], objectives=[]))
    with transaction():
        for row in paragraphs(report):
            editing.remove(row, by=None, at=LATER)
    with transaction():
        db.session.query(Snapshot).delete()
    with pytest.raises(Refused, match="Nothing has changed"):
        keeping.save_version(report, "", by=None, at=LATER)
    assert db.session.query(Revision).count() == 0


@pytest.mark.parametrize(("has_digests", "read"), [(True, 2), (False, 4)])
def test_the_last_that_reads_otherwise_is_found_by_the_database(
    report: Report, editor: PageClient, has_digests: bool, read: int
) -> None:
    """Those in between read the same, one of them in JSON of another form; only one more is read whole.

    What a release before kept has no digest, and is read.
    """
    where, same = address(report), keeping.draft_lines(report)
    words = [dict(vars(line)) for line in same]
    kept = [[{**words[0], "text": "Older."}], [{**words[0], "text": "Old."}, *words[1:]], words, words]
    kept.append([dict(reversed(one.items())) for one in words])
    first = snapshots_of(report)[0].number + 1
    with transaction():
        for number, lines in enumerate(kept, start=first):
            row = Snapshot(report_id=report.id, number=number, why=keeping.KEPT, lines=lines, at=LATER)
            row.digest = digest_of(json.dumps(lines)) if has_digests else None
            db.session.add(row)
    db.session.remove()
    with counted() as statements:
        page = editor.get(where).text
    assert "1 paragraph differs" in page and "Old</del>" in page and "Older" not in page
    assert sum("kept_version.lines" in one.split("FROM")[0] for one in statements) == read
    with transaction():
        db.session.execute(update(Snapshot).values(lines=words, digest=digest_of(json.dumps(words))))
    assert "Both read the same" in editor.get(where).text
