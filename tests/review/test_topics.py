"""Notes of a chapter are told in groups of one topic; what stands keeps its notes."""

from typing import Any

from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import DRAFT, Note
from eventapp.review.compilation.actions import compile_report
from eventapp.review.groups.actions import part, regroup
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.reports.models import Paragraph, Report
from tests import make, make_review
from tests.make_review import paragraphs, texts

WORDS = ("Cables break.", "Transit is dear.", "Schools lack power.", "Masts are few.", "Ships cut lines.", "Fees rise.")
STATES = ("FJI", "TON", "BTN", "NPL", "WSM", "LAO", "MNG", "KIR")


def meeting() -> Meeting:
    return make.meeting(mandate=[], objectives=[])


def of_a_state(session: Session, place: int, **facts: Any) -> Note:
    given: dict[str, Any] = {
        "country": STATES[place],
        "stakeholder_type": "government",
        "text": WORDS[place % len(WORDS)],
        **facts,
    }
    return make_review.note(session, **given)


def told(report: Report) -> list[Paragraph]:
    return [one for one in paragraphs(report) if one.origin == "notes" and one.removed_at is None]


def compiled(report: Report) -> None:
    compile_report(report, by=None, at=make.TODAY)


def test_notes_of_one_line_are_one_paragraph_that_says_how_many_spoke(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    for place in range(3):
        of_a_state(session, place)

    [paragraph] = told(make_review.report(held))

    assert paragraph.text.startswith(
        "Several delegations referred to information and communications infrastructure. Fiji"
    )
    assert [len(one["notes"]) for one in paragraph.sentences] == [3, 1, 1, 1]
    assert len(paragraph.evidence) == 3


def test_each_sentence_rests_on_its_note_and_together_they_are_the_text(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    one, two = of_a_state(session, 0), of_a_state(session, 1)

    [paragraph] = told(make_review.report(held))

    assert [row["notes"] for row in paragraph.sentences] == [[one.id], [two.id]]
    assert " ".join(row["text"] for row in paragraph.sentences) == paragraph.text


def test_two_topics_stand_under_headings_of_their_own(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    for place in range(4):
        of_a_state(session, place, action_lines=["C2"] if place % 2 else ["C4"])

    assert [one.heading for one in told(make_review.report(held))] == [
        "Infrastructure and connectivity",
        "Capacity-building",
    ]


def test_one_changed_note_changes_its_own_paragraph_and_no_other(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    notes = [of_a_state(session, place, action_lines=["C2"] if place % 2 else ["C4"]) for place in range(4)]
    report = make_review.report(held)
    before = texts(report)
    make_review.revise(
        notes[0], country="FJI", stakeholder_type="government", text="Teachers are few.", action_lines=["C9"]
    )

    compiled(report)

    assert texts(report)[0] == before[0]
    assert "teachers were few" in texts(report)[1]


def test_the_same_notes_give_the_same_words(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    for place in range(8):
        of_a_state(session, place, action_lines=["C2", "C4"] if place % 3 else ["C4"])
    one, two = make_review.report(held), make_review.report(held, name="other")

    assert texts(one) == texts(two)


def test_what_an_editor_changed_in_one_sentence_stays_when_another_is_made_anew(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    of_a_state(session, 0)
    second = of_a_state(session, 1)
    report = make_review.report(held)
    [paragraph] = told(report)
    mine = paragraph.text.replace("cables broke", "cables were broken often").replace(
        "cables break", "cables were broken often"
    )
    with transaction():
        editing.rewrite(paragraph, f"{mine} My own sentence.", version=paragraph.version, by=None, at=make.TODAY)
    make_review.revise(second, country="TON", stakeholder_type="government", text="Transit is cheap.")

    compiled(report)

    [text] = texts(report)
    assert "cables were broken often" in text
    assert "transit was cheap" in text
    assert text.endswith("My own sentence.")


def test_a_sentence_that_an_editor_took_out_stays_out(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    of_a_state(session, 0)
    of_a_state(session, 1)
    report = make_review.report(held)
    [paragraph] = told(report)
    first = paragraph.sentences[0]["text"]
    with transaction():
        editing.rewrite(paragraph, first, version=paragraph.version, by=None, at=make.TODAY)

    compiled(report)

    assert texts(report) == [first]


def test_a_note_is_told_in_another_paragraph_and_stays_there(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    notes = [of_a_state(session, place, action_lines=["C2"] if place % 2 else ["C4"]) for place in range(4)]
    report = make_review.report(held)
    infrastructure, _skills = told(report)
    regroup(report, notes[0], infrastructure, by=None, at=make.TODAY)
    compiled(report)

    assert [len(one.evidence) for one in told(report)] == [3, 1]
    part(report, notes[1], by=None, at=make.TODAY)
    assert sorted(len(one.evidence) for one in told(report)) == [1, 1, 2]


def test_a_new_paragraph_elsewhere_changes_no_other(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    for place in range(4):
        of_a_state(session, place, action_lines=["C2"])
    report = make_review.report(held)
    [before] = texts(report)
    of_a_state(make.session(held, kind="opening"), 5, action_lines=["C1"])

    compiled(report)

    assert [one.text for one in told(report)][1:] == [before]


def test_a_note_that_is_withdrawn_leaves_with_its_sentence_and_its_evidence(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    one, _two = of_a_state(session, 0), of_a_state(session, 1)
    report = make_review.report(held)
    with transaction():
        one.state = DRAFT

    compiled(report)

    [paragraph] = told(report)
    assert len(paragraph.evidence) == 1
    assert "Fiji" not in paragraph.text


def test_a_sentence_that_an_editor_changed_goes_on_citing_the_revision_it_was_made_of(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    one, two = of_a_state(session, 0), of_a_state(session, 1)
    report = make_review.report(held)
    [paragraph] = told(report)
    mine = paragraph.text.replace(paragraph.sentences[0]["text"], "Cables were broken in Fiji.")
    with transaction():
        editing.rewrite(paragraph, mine, version=paragraph.version, by=None, at=make.TODAY)
    for note, country, text in ((one, "FJI", "Ships wait."), (two, "TON", "Ports close.")):
        make_review.revise(note, country=country, stakeholder_type="government", text=text)

    compiled(report)

    assert [row.revision.number for row in told(report)[0].evidence] == [1, 2]


def test_a_source_that_an_editor_adds_stays_where_it_is_told(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    notes = [of_a_state(session, place, action_lines=["C2"] if place % 2 else ["C4"]) for place in range(4)]
    report = make_review.report(held)
    infrastructure, _skills = told(report)
    with transaction():
        editing.cite(infrastructure, notes[0], by=None, at=make.TODAY)

    compiled(report)

    assert [len(one.sentences) for one in told(report)] == [2, 2]
    assert [len(one.evidence) for one in told(report)] == [3, 2]


def test_a_note_that_went_elsewhere_and_was_parted_takes_no_paragraph_away(app: Flask) -> None:
    """The paragraph that was made of it first tells others by then, under its key."""
    session = make.session(held := meeting(), kind="trends")
    notes = [of_a_state(session, place, action_lines=["C2"] if place % 2 else ["C4"]) for place in range(4)]
    report = make_review.report(held)
    infrastructure, _skills = told(report)
    regroup(report, notes[0], infrastructure, by=None, at=make.TODAY)
    part(report, notes[0], by=None, at=make.TODAY)

    assert sorted(len(one.evidence) for one in told(report)) == [1, 1, 2]
    assert len({one.source_key for one in told(report)}) == 3


def test_split_paragraphs_keep_the_notes_of_their_sentences(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    one, two = of_a_state(session, 0), of_a_state(session, 1)
    report = make_review.report(held)
    [paragraph] = told(report)
    apart = "\n\n".join(row["text"] for row in paragraph.sentences)
    with transaction():
        arranging.split(paragraph, apart, version=paragraph.version, by=None, at=make.TODAY)

    rows = [row for row in paragraphs(report) if row.chapter.block == "trends"]
    assert [[row["notes"] for row in part.sentences if row["text"]] for part in rows] == [[[one.id]], [[two.id]]]
