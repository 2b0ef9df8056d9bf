"""Outlets, outlines, progress and pages of a meeting whose themes are its own, and of one that has none."""

import csv
from io import StringIO
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.themes.content import SHIPPED, OwnLine, ThemeSet, as_record
from eventapp.outlets.submissions import why_not
from eventapp.review.reports.queries import chapters_of
from eventapp.review.reports.tailored.queries import chapters_offered, outlines_for
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_practices import invited

LINES = (OwnLine("P10", "Skills", {"fr": "Compétences"}), OwnLine("P2", "Finance"))
OWN = as_record([ThemeSet("set1", "Priorities", {}, LINES)])
NONE = as_record([])
WHY = "It is filled by the action lines of WSIS, which this meeting does not have among its themes."


def held(themes: dict[str, Any], line: str, slug: str = "spring") -> Meeting:
    """A meeting with four cleared notes of two themes, published."""
    meeting = make.meeting(slug=slug, languages=["en", "fr"], themes=themes, mandate=[], objectives=[])
    session = make.session(meeting, code="S1", kind="plans")
    for number, one in enumerate((line, line, "P2" if line else "", "P2" if line else "")):
        texts: dict[str, Any] = {"title": f"Plan {number}", "text": f"Plan number {number} reaches the islands."}
        make_review.note(session, state="published", action_lines=[one] if one else [], goals=[9], **texts)
    return meeting


@pytest.fixture
def own(app: Flask) -> Meeting:
    return held(OWN, "P10")


def test_an_outline_by_theme_has_a_chapter_for_each_theme_of_the_meeting(own: Meeting) -> None:
    report = make_review.report(own, outline="action-lines")
    found = [(one.block, one.title, len(one.paragraphs)) for one in chapters_of(report)]
    assert found[:2] == [("theme-p10", "Theme P10: Skills", 1), ("theme-p2", "Theme P2: Finance", 1)]
    assert [code for code, _title, _many in found] == ["theme-p10", "theme-p2", "other", "background"]
    french = make_review.report(own, name="fr", outline="action-lines", language="fr")
    assert [one.title for one in chapters_of(french)][:2] == ["Thème P10 : Compétences", "Thème P2 : Finance"]


def test_a_shipped_meeting_has_the_lines_and_one_with_both_has_both(app: Flask) -> None:
    usual = [one.code for one in outlines_for(make.meeting())["action-lines"].chapters]
    assert usual[:2] == ["c1", "c2"]
    assert not [code for code in usual if code.startswith("theme")]
    both = make.meeting(themes=as_record([*SHIPPED.sets, ThemeSet("set1", "Priorities", {}, LINES)]))
    assert [one.code for one in outlines_for(both)["action-lines"].chapters][17:20] == ["c11", "theme-p10", "theme-p2"]


def test_a_meeting_without_themes_is_offered_no_outline_by_theme(client: PageClient, app: Flask) -> None:
    meeting = held(NONE, "")
    assert "action-lines" not in outlines_for(meeting)
    page = client.sign_in(make.staff(meeting, ORGANIZER)).get("/meetings/spring/review").text
    assert "By kind of note" in page
    assert "By action line or theme" not in page
    assert not [code for _heading, some in chapters_offered(meeting) for code in some if code.startswith("c1")]


def test_topics_follow_the_order_of_the_meeting(own: Meeting) -> None:
    report = make_review.report(own, outline="committee")
    headings = [row.heading for one in chapters_of(report) for row in one.paragraphs if row.heading]
    assert [one for one in headings if one in ("Skills", "Finance")] == ["Skills", "Finance"]


@pytest.mark.parametrize("themes", [OWN, NONE])
def test_forms_of_wsis_say_why_they_cannot_be_filled(client: PageClient, app: Flask, themes: dict[str, Any]) -> None:
    meeting = held(themes, "P10" if themes is OWN else "")
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get("/meetings/spring/review/outlets").text
    assert page.count(WHY) == 4
    assert "question has no answer" not in page.split("Contribution to the report")[0]
    for name in ("open-consultation", "open-consultation.docx", "sheets/prizes", "sheets/prizes.csv", "table.csv"):
        answer = client.get(f"/meetings/spring/review/outlets/{name}")
        assert (answer.status_code, answer.location) == (303, "/meetings/spring/review/outlets"), name
    assert client.get("/meetings/spring/review/outlets/cstd-contribution").status_code == 200
    assert WHY in export(app, "open-consultation").output
    assert export(app, "table").exit_code == 1


def test_a_table_without_goals_says_so(client: PageClient, app: Flask) -> None:
    meeting = held(as_record([ThemeSet("wsis")]), "C2")
    assert why_not(meeting, "open-consultation") == ""
    assert "against the Goals" in why_not(meeting, "table")
    assert why_not(make.meeting(), "table") == ""


def export(app: Flask, outlet: str) -> Result:
    return app.test_cli_runner().invoke(args=["outlets", "export", "spring", outlet, "--output", "nothing.csv"])


@pytest.mark.parametrize("themes", [OWN, NONE])
def test_progress_counts_themes_of_its_own_and_compares_nothing(
    client: PageClient, app: Flask, themes: dict[str, Any]
) -> None:
    held(themes, "P10" if themes is OWN else "")
    page = client.get("/progress").text
    assert "None of these meetings has both the action lines and the Goals" in page
    assert "Expected and came up" not in page
    head, line = client.get("/progress.csv").text.strip().splitlines()
    assert ("P10 Skills,P2 Finance" in head, line.endswith(",2,2")) == (themes is OWN, themes is OWN)
    assert "C2" not in head
    assert ",4," in line


def test_progress_of_mixed_meetings_compares_only_those_with_the_matrix(client: PageClient, app: Flask) -> None:
    held(OWN, "P10")
    other = make.meeting()
    make_review.note(make.session(other), state="published", action_lines=["C2"], goals=[9])
    page = client.get("/progress").text
    assert "Expected and came up" in page
    assert "P10 Skills" in page
    [cells] = csv.DictReader(StringIO(client.get("/progress.csv").data.decode("utf-8-sig")))
    assert (cells["Notes"], cells["With notes"], cells["Not expected, came up"]) == ("5", "1", "0")


@pytest.mark.parametrize(("themes", "words", "others"), [(OWN, "Themes", "Action line"), (NONE, "", "Action line")])
def test_pages_call_themes_by_their_name(
    client: PageClient, app: Flask, themes: dict[str, Any], words: str, others: str
) -> None:
    meeting = held(themes, "P10" if themes is OWN else "")
    lines = ["P10"] if themes is OWN else []
    make_review.note(make.session(meeting, code="S2"), kind="commitment", action_lines=lines, goals=[])
    client.sign_in(make.staff(meeting, ORGANIZER))
    for path in ("/inputs", "/review", "/review/coverage", "/manage/commitments", "/record", "/outcomes", "/agenda"):
        answer = client.get(f"/meetings/spring{path}")
        assert (answer.status_code, others in answer.text) == (200, False), path
    assert words in client.get("/meetings/spring/manage/commitments").text


@pytest.mark.parametrize(
    ("themes", "heads"),
    [
        (OWN, ["Para.", "Notes cited", "Themes"]),
        (NONE, ["Para.", "Notes cited"]),
        ({}, ["Para.", "Notes cited", "Action lines", "Goals"]),
    ],
)
def test_the_evidence_of_a_report_has_the_columns_of_its_themes(
    app: Flask, themes: dict[str, Any], heads: list[str]
) -> None:
    meeting = held(themes, "P10" if themes is OWN else "C2" if themes == {} else "")
    report = make_review.report(meeting, outline="committee")
    text = frozen(report, chapters_of(report), version=1, at=make.TODAY)
    [annex] = [one for one in text.annexes if one.code == "evidence"]
    assert list(annex.columns) == heads
    assert {len(row) for part in annex.parts for row in part.rows} == {len(heads)}
    assert {one.goals for row in text.paragraphs for one in row.evidence} == ({(9,)} if themes == {} else {()})


@pytest.mark.parametrize(("themes", "marks"), [(OWN, "#p10 #p2"), (NONE, ""), ({}, "#c2 #c7agr #sdg2")])
def test_capture_offers_what_its_themes_allow(
    client: PageClient, app: Flask, themes: dict[str, Any], marks: str
) -> None:
    meeting = held(themes, "P10" if themes is OWN else "C2" if themes == {} else "")
    page = client.sign_in(make.staff(meeting, ORGANIZER)).get("/meetings/spring/record/S1").text
    example = f"!challenge @samira {marks} ~org" if marks else "!challenge @samira ~org"
    assert example in " ".join(page.split())
    for words in ("WSIS Prizes", "Targets of the goals", "#sdg2"):
        assert (words in page) == (themes == {}), words


def test_a_card_asks_for_wsis_only_where_the_meeting_has_its_lines(client: PageClient, app: Flask) -> None:
    for slug, themes in (("own", OWN), ("usual", {})):
        meeting = make.meeting(slug=slug, themes=themes)
        _card, token = invited(make.session(meeting))
        client.post(f"/practices/{token}/opening")
        page = client.get(f"/practices/{token}").text
        assert ("WSIS Prizes" in page) == (slug == "usual"), slug
