"""Faults of form are told with their sentence, and mended in one step that is undone."""

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.review.evidence.slips import AGAIN, slips_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.mending import mend
from eventapp.review.paragraphs.steps import undo
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.checks import findings
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_first_verb")

ONE = "Fixed broadband in the region remains concentrated in a few large economies of the north."
NEARLY = "Fixed broadband in the region remains concentrated in a few large economies of the north and east."
THIRD = "Fixed broadband in the region remains concentrated in a few large economies of the south."


@pytest.fixture
def report(app: Flask) -> Report:
    """A report with one paragraph of two sentences: how many said it, and who said what."""
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    for organization, text in (("ITU", ONE), ("ESCAP", NEARLY), ("APT", THIRD)):
        make_review.note(session, organization=organization, text=text, stakeholder_type="un")
    return make_review.report(session.meeting)


def edited(report: Report, before: str, after: str) -> Paragraph:
    row = paragraphs(report)[-1]
    assert before in row.text
    with transaction():
        text = row.text.replace(before, after)
        editing.rewrite(row, text, version=row.version, by=None, at=make.TODAY)
    return row


def mend_all(row: Paragraph) -> list[str]:
    """Mend what can be, and return the kinds that were found."""
    found = slips_of(row, "en")
    for one in found:
        with transaction():
            mend(row, one.kind, one.words, by=None, at=make.TODAY)
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("of the north.", "of the north..", "stops"),
        ("in the region", "in the the region", "doubled"),
        ("of the north.", "of the", "cut"),
        ("Several delegations", "Most delegations", "quantifier"),
        ("ITU, ESCAP and APT", "ITU and APT", "state"),
    ],
)
def test_a_slip_is_found_mended_and_undone(report: Report, before: str, after: str, kind: str) -> None:
    made = paragraphs(report)[-1].text
    assert slips_of(paragraphs(report)[-1], "en") == ()
    row = edited(report, before, after)
    broken = row.text

    assert mend_all(row) == [kind]
    assert row.text == made
    assert row.is_generated  # nothing of the editor's is left
    assert slips_of(row, "en") == ()
    with transaction():
        undo(report, by=None, at=make.TODAY)
    assert row.text == broken


def test_a_sentence_that_stands_twice_goes_once_in_a_paragraph_written_by_hand(report: Report) -> None:
    with transaction():
        row = editing.add(report.chapters[-1], "It was late. It was late.", after=None, by=None, at=make.TODAY)
    assert mend_all(row) == ["doubled"]
    assert row.text == "It was late."
    assert row.edited_at is not None


def test_what_an_editor_wrote_besides_stays(report: Report) -> None:
    row = edited(report, "Several delegations referred to", "Most delegations spoke at length of")
    assert mend_all(row) == ["quantifier"]
    assert row.text.startswith("Several delegations spoke at length of")


def test_short_forms_and_dots_that_mean_something_are_no_slips(report: Report) -> None:
    text = "It had had a share of 3.5 per cent … and so on... He said that that was so."
    with transaction():
        row = editing.add(report.chapters[-1], text, after=None, by=None, at=make.TODAY)
    assert slips_of(row, "en") == ()


def test_words_that_were_changed_meanwhile_are_not_mended(report: Report) -> None:
    row = edited(report, "of the north.", "of the north..")
    [slip] = slips_of(row, "en")
    edited(report, "of the north..", "of the south..")
    with pytest.raises(Refused, match="any more"), transaction():
        mend(row, slip.kind, slip.words, by=None, at=make.TODAY)


def test_the_page_shows_a_slip_and_mends_it(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    row = edited(report, "of the north.", "of the north, 97 per cent..")
    page = editor.get(address).text
    assert "Two full stops" in page
    assert "1 paragraph with a slip" in page
    assert "In no source of this paragraph: 97 per cent" in page
    assert "Mend: back to the generated sentence" in page
    [slip] = slips_of(row, "en")
    own = f"{address}/paragraphs/{row.id}/mending"
    assert editor.post(own, data={"kind": "nonsense", "words": slip.words}).status_code == 422
    assert editor.post(own, data={"kind": "stops", "words": "Other words."}).status_code == 409
    assert editor.post(own, data={"kind": "figure", "words": slip.words}).status_code == 303
    db.session.expire_all()
    assert paragraphs(report)[-1].is_generated


def test_a_sentence_in_another_language_leads_to_its_translation(report: Report, client: PageClient) -> None:
    row = paragraphs(report)[-1]
    words = "Le haut débit dans la région reste concentré dans quelques grandes économies du nord et de l’est."
    with transaction():
        row.sentences = [row.sentences[0], *(one | {"text": words, "made": words} for one in row.sentences[1:2])]
        row.text = row.generated = f"{row.sentences[0]['text']} {words}"
    client.sign_in(make.staff(report.meeting, ORGANIZER))
    page = client.get(f"/meetings/{report.meeting.slug}/review/reports/{report.name}").text
    assert "The sentence is in another language" in page
    assert f"Translate {row.evidence[0].note.reference}" in page


def test_words_off_the_sources_are_judged_by_sentence(report: Report, client: PageClient) -> None:
    row = edited(
        report, "of the north.", "of the north. Elephants crossed mountains before winter storms arrived yesterday."
    )
    client.sign_in(make.staff(report.meeting, ORGANIZER))
    page = client.get(f"/meetings/{report.meeting.slug}/review/reports/{report.name}").text
    assert row.text.count("Elephants") == 1
    assert "The words are not those of the sources" in page


PORTS = "Small ports of the islands wait {many} days for ships that carry spare parts for cables and masts."


def two_paragraphs(meeting: Meeting, second: str) -> Report:
    """A report in which two sections say something, the second by an editor's hand."""
    make_review.note(make.session(meeting, kind="trends"), text=PORTS.format(many="nine"))
    report = make_review.report(meeting)
    with transaction():
        editing.add(paragraphs(report)[-1].chapter, second, after=paragraphs(report)[-1], by=None, at=make.TODAY)
    return report


def again_in(report: Report) -> list[tuple[str, int]]:
    chapters = chapters_of(report)
    about = findings(report, chapters).paragraphs
    return [(one.words, one.other) for row in about.values() for one in row.slips if one.kind == AGAIN]


def test_what_another_paragraph_says_in_nearly_the_same_words_is_shown(app: Flask, client: PageClient) -> None:
    words = "The small ports of the islands wait nine days for ships that carry spare parts for cables and masts."
    report = two_paragraphs(make.meeting(mandate=[], objectives=[]), words)
    first = next(one for one in paragraphs(report) if one.source_key.startswith("note:"))
    assert again_in(report) == [(words, first.id)]

    page = client.sign_in(make.staff(report.meeting, ORGANIZER)).get(
        f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    )
    assert "Another paragraph says nearly the same" in page.text
    assert f'href="#para-{first.id}">Show paragraph' in page.text


@pytest.mark.parametrize(
    "words",
    [
        "Small ports of the islands lack cranes, and ask for money to build a breakwater in the lagoon.",
        "Small ports wait.",
    ],
)
def test_what_is_only_of_the_same_topic_is_not(app: Flask, words: str) -> None:
    assert again_in(two_paragraphs(make.meeting(mandate=[], objectives=[]), words)) == []


def test_another_figure_is_another_sentence(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    make_review.note(make.session(meeting, kind="trends"), text=PORTS.format(many="9"))
    report = make_review.report(meeting)
    last = paragraphs(report)[-1]
    for many, found in ((12, 0), (9, 1)):
        with transaction():
            editing.add(last.chapter, PORTS.format(many=many), after=last, by=None, at=make.TODAY)
        assert len(again_in(report)) == found
