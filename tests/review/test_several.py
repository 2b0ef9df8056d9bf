"""Several paragraphs at once: to a number, joined, indented, removed, and the headings above them; all with undo."""

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.paragraphs import several
from eventapp.review.paragraphs.several import joined
from eventapp.review.paragraphs.steps import undo
from eventapp.review.reports.models import Paragraph, Report
from tests import make, make_review
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("_apart")

AT = make.TODAY


@pytest.fixture
def report(app: Flask) -> Report:
    """The paragraphs A to F, numbered 2 to 7."""
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    for letter in "ABCDEF":
        make_review.note(session, text=f"{letter} grows.", organization="ITU" if letter in "AB" else "UNDP")
    return make_review.report(session.meeting)


def trends(report: Report) -> list[Paragraph]:
    return [one for one in make_review.paragraphs(report) if one.chapter.block == "trends"]


def letters(report: Report) -> str:
    return "".join(one.text.split(" that ")[-1][0].upper() for one in trends(report))


def undone(report: Report) -> None:
    with transaction():
        undo(report, by=None, at=AT)


@pytest.mark.parametrize(
    ("moved", "number", "after"),
    [("F", "3", "AFBCDE"), ("A", "5", "BCDAEF"), ("BC", "6", "ADEBCF"), ("DF", "2", "DFABCE"), ("A", "7.", "BCDEFA")],
)
def test_paragraphs_go_to_a_number_and_come_back(report: Report, moved: str, number: str, after: str) -> None:
    chosen = [one for one, letter in zip(trends(report), "ABCDEF", strict=True) if letter in moved]
    with transaction():
        several.move_to(chosen, number, by=None, at=AT)
    assert letters(report) == after
    undone(report)
    assert letters(report) == "ABCDEF"


def test_a_number_that_nobody_has_is_refused(report: Report) -> None:
    with pytest.raises(Refused, match="No paragraph has the number 99"), transaction():
        several.move_to(trends(report)[:1], "99", by=None, at=AT)


def test_joining_does_not_name_the_same_subject_again(report: Report) -> None:
    first, second, third, *_rest = trends(report)
    with transaction():
        several.join_all([first, second, third], by=None, at=AT)
    assert trends(report)[0].text == (
        "ITU noted that a grows. The same delegation also noted that b grew. UNDP noted that c grew."
    )
    assert len(trends(report)[0].evidence) == 3
    undone(report)
    assert letters(report) == "ABCDEF"


def test_joined_paragraphs_keep_the_notes_of_their_sentences() -> None:
    one, other = (
        Paragraph(text=text, sentences=[{"key": key, "text": text, "made": text, "notes": [note]}])
        for key, note, text in (("a", 1, "It was noted that a."), ("b", 2, "It was noted that b."))
    )
    text, sentences = joined([one, other])
    assert text == "It was noted that a. It was also noted that b."
    assert [(row["text"], row["notes"]) for row in sentences] == [
        ("It was noted that a.", [1]),
        ("It was also noted that b.", [2]),
    ]


def test_a_heading_goes_on_to_the_next_paragraph_that_stays(report: Report) -> None:
    first, second, third, *_rest = trends(report)
    with transaction():
        several.head(first, "Connectivity", by=None, at=AT)
    with transaction():
        several.remove_all([first, second], by=None, at=AT)
    assert [one.heading for one in trends(report)] == ["Connectivity", "", "", ""]
    undone(report)
    assert [one.heading for one in trends(report)] == ["Connectivity", *[""] * 5]
    with transaction():
        several.head(third, "Skills", by=None, at=AT)
    with transaction():
        several.remove_all([first, second], by=None, at=AT)
    assert trends(report)[0].heading == "Skills"


def test_ticked_paragraphs_are_changed_together_on_the_page(report: Report, client: PageClient) -> None:
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    chosen = [one.id for one in trends(report)[1:3]]

    def send(**fields: object) -> int:
        return client.post(f"{address}/several", data={"paragraph": chosen, **fields}).status_code

    assert send(act="move", number="2") == 303
    assert letters(report) == "BCADEF"
    assert send(act="move", number="99") == 409
    assert send(act="dance") == 422
    chosen[:] = [one.id for one in trends(report)[1:3]]
    assert send(act="indent") == 303
    assert [one.level for one in trends(report)] == [0, 1, 1, 0, 0, 0]
    assert send(act="remove") == 303
    assert letters(report) == "BDEF"
    client.post(f"{address}/undo")
    assert letters(report) == "BCADEF"


def test_a_heading_is_given_on_the_page(report: Report, client: PageClient) -> None:
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    address, one = f"/meetings/{report.meeting.slug}/review/reports/{report.name}", trends(report)[0]
    client.post(f"{address}/paragraphs/{one.id}/heading", data={"heading": "Connectivity"})
    assert '<h3 class="topic-head" lang="en" dir="auto">Connectivity</h3>' in client.get(address).text
