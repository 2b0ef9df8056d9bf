"""The forms of others: what goes where, what is missing, and that no ceiling is exceeded."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook

from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.outlets.contribution import contribution
from eventapp.outlets.papers import OPEN, Paper
from eventapp.outlets.submissions import consultation
from eventapp.outlets.table import links
from eventapp.review.formats.writers import FORMATS
from tests import make, make_review
from tests.browserless import PageClient

TODAY = make.TODAY.date()


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    held = make.meeting()
    session = make.session(held, kind="trends", code="S2", title="Trends")
    make_review.note(session, text="Prices fall.", title="Prices fall", kind="trend", goals=[9, 1])
    make_review.note(session, text="Train women.", title="Train women", kind="recommendation", goals=[5])
    make_review.note(session, text="Radio reaches farms.", kind="good-practice", action_lines=["C7-EAGR"], goals=[])
    make_review.note(session, text="Not cleared.", state="draft")
    make_review.note(session, text="In confidence.", off_record=True)
    return held


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def said(paper: Paper) -> dict[str, list[str]]:
    return {one.title: [paragraph.text for paragraph in one.paragraphs] for one in paper.text.chapters}


def test_the_submission_answers_the_form_and_says_what_it_lacks(meeting: Meeting) -> None:
    paper = consultation(meeting, policy="organization", on=TODAY)

    assert said(paper) == {
        "Structure and programme of the Forum": [OPEN],
        "Alignment with the Sustainable Development Goals": ["It was recommended that steps be taken to train women."],
        "High-level segment: topics": [OPEN],
        "High-level segment: format": [OPEN],
        "Raising local, national and regional activities": [
            "A presentation was made on the good practice “Broadband grows”: radio reached farms."
        ],
        "Equal participation in workshops": [OPEN],
        "Partnerships up to 2025": [OPEN],
        "Workshops: themes and speakers": [OPEN],
        "Binding request: workshop, exhibition or partnership": [OPEN],
        "Action line C2, ICT infrastructure: topics": ["It was noted that prices fell."],
    }
    assert paper.missing[:2] == ("Structure and programme of the Forum", "High-level segment: topics")
    assert len(paper.missing) == 7 + 36 - 1
    unanswered = paper.text.annexes[-1]
    assert unanswered.title == "Questions without an answer"
    assert unanswered.parts[0].rows == tuple((heading,) for heading in paper.missing)


def test_what_is_asked_for_without_a_goal_is_a_topic_for_the_high_level_segment(app: Flask) -> None:
    session = make.session(held := make.meeting(), kind="trends")
    make_review.note(session, text="Meet more often.", kind="recommendation", goals=[])
    found = said(consultation(held, policy="organization", on=TODAY))
    assert found["High-level segment: topics"] == ["It was recommended that steps be taken to meet more often."]


def test_statistics_count_small_groups_together(app: Flask) -> None:
    session = make.session(held := make.meeting(), kind="trends")
    for number in range(6):
        make_review.note(session, text=f"Thought {number}.", stakeholder_type="government", country="BTN")
    make_review.note(session, text="One voice.", stakeholder_type="media")
    annex, _unanswered = consultation(held, policy="nobody", on=TODAY).text.annexes

    assert annex.parts[0].rows == (("Others", "7"),)


def test_regions_are_those_of_the_speakers_and_small_ones_go_with_what_is_not_known(app: Flask) -> None:
    session = make.session(held := make.meeting(), kind="trends")
    bhutan, fiji = (make.role(session, country=code).id for code in ("BTN", "FJI"))
    for number in range(12):
        role = bhutan if number < 5 else fiji if number == 5 else None
        make_review.note(session, text=f"Thought {number}.", stakeholder_type="government", role_id=role)
    annex, _unanswered = consultation(held, policy="nobody", on=TODAY).text.annexes

    assert annex.parts[1].rows == (("South and South-West Asia", "5"), ("Others", "7"))


def test_a_note_whose_words_name_more_than_is_allowed_is_left_out_and_named(app: Flask) -> None:
    session = make.session(held := make.meeting(), kind="trends", code="S2")
    note = make_review.note(session, text="Prices fell, as Aqila Zuberi saw.", speaker="Aqila Zuberi", ceiling="nobody")
    paper = contribution(held, policy="person", on=TODAY)

    assert {line for lines in said(paper).values() for line in lines} == {OPEN}
    assert paper.withheld == (note.reference,)
    assert "Zuberi" not in json.dumps([paper.text.title, str(paper.text)])
    make_review.revise(
        note, text="Prices fell, as Aqila Zuberi saw.", speaker="Aqila Zuberi", ceiling="nobody", neutral="Prices fell."
    )
    with_wording = contribution(held, policy="person", on=TODAY)
    assert any("prices fell" in line for lines in said(with_wording).values() for line in lines)
    assert with_wording.withheld == ()


def test_the_command_says_what_it_left_out_and_writes_what_the_name_of_the_file_says(
    app: Flask, tmp_path: Path
) -> None:
    session = make.session(held := make.meeting(), kind="trends", code="S2")
    note = make_review.note(session, text="Prices fell, as Aqila Zuberi saw.", speaker="Aqila Zuberi", ceiling="nobody")
    file = tmp_path / "paper.md"
    words = ["outlets", "export", held.slug, "cstd-contribution", "--policy", "person", "--output", str(file)]
    done = app.test_cli_runner().invoke(args=words)
    assert f"Left out, for their words name more than person allows: {note.reference}" in done.output
    assert file.read_text(encoding="utf-8").startswith("# ")


def test_the_table_gives_a_reason_for_each_link_and_knows_the_matrix(meeting: Meeting) -> None:
    found = {(one.line, one.goal): one for one in links(meeting)}

    assert set(found) == {("C2", 1), ("C2", 5), ("C2", 9)}
    assert (found["C2", 9].is_expected, found["C2", 9].reason) == (True, "Prices fall")
    assert found["C2", 9].targets


def test_a_reason_names_nobody(app: Flask) -> None:
    session = make.session(held := make.meeting())
    make_review.note(session, title="Aqila Zuberi on prices", speaker="Aqila Zuberi")
    assert [one.reason for one in links(held)] == [""]


def test_the_page_previews_and_gives_every_file(meeting: Meeting, editor: PageClient) -> None:
    base = f"/meetings/{meeting.slug}/review/outlets"
    page = editor.get(base).text
    assert "Submission to the open consultation process" in page
    assert "cleared notes can be told" in page
    assert "questions have no answer" in editor.get(f"{base}/open-consultation").text
    assert "3 links between a session" in editor.get(f"{base}/table").text
    assert "Train women." in editor.get(f"{base}/open-consultation?policy=nobody").text
    assert editor.get(f"{base}/unknown").status_code == 404

    rows = list(csv.reader(StringIO(editor.get(f"{base}/table.csv").data.decode("utf-8-sig"))))
    book = load_workbook(BytesIO(editor.get(f"{base}/table.xlsx").data))
    assert [[cell.value or "" for cell in row] for row in book.worksheets[0].iter_rows()] == rows
    assert len(json.loads(editor.get(f"{base}/table.json").data)["links"]) == len(rows) - 1 == 3
    assert "word/document.xml" in ZipFile(BytesIO(editor.get(f"{base}/open-consultation.docx").data)).namelist()
    assert editor.get(f"{base}/cstd-contribution.pdf").data.startswith(b"%PDF")
    assert all(f"{base}/open-consultation.{ending}?policy=organization" in page for ending in FORMATS)
    assert "half a page holds about 250" in editor.get(f"{base}/cstd-contribution").text
    for ending in ("md", "html"):
        assert "Questions without an answer" in editor.get(f"{base}/open-consultation.{ending}").text
    assert "## II. Analytical overview" in editor.get(f"{base}/cstd-contribution.md").text


def test_the_command_writes_the_same(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    runner, file = app.test_cli_runner(), tmp_path / "out"
    done = runner.invoke(args=["outlets", "export", meeting.slug, "open-consultation", "--output", str(file)])
    assert done.exit_code == 0, done.output
    assert "No answer yet: Partnerships up to 2025" in done.output
    assert json.loads(file.read_bytes())["schema"] == "eventapp.report"
    wrong = runner.invoke(args=["outlets", "export", meeting.slug, "table", "--format", "docx", "--output", str(file)])
    assert wrong.exit_code == 1
    assert "csv, xlsx, json" in wrong.output
