"""Session reports: the approved summary and the cleared notes under the headings of the form, and nobody above a ceiling."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.outlets.papers import Paper
from eventapp.outlets.session_reports import paper_of_session, reports, reports_in_list, session_reports
from eventapp.record.clearing.actions import submit_session
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.actions import approve_summary, write_summary
from eventapp.record.summaries.attendance import Attendance, for_the_world
from eventapp.record.summaries.content import Summary
from eventapp.review.formats.evidence_json import to_json
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_floor, make_review
from tests.browserless import PageClient
from tests.counting import counted

TODAY = make.TODAY
CAME = Attendance(34, {"government": 30, "civil-society": 3, "un": 1}, {"woman": 20, "man": 11, "": 3})
BALANCE = {
    "totals": {"present": 50},
    "breakdowns": {"gender": {"present": [[["woman"], 25], [["man"], 17], [[""], 8]]}, "stakeholder": {}},
}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    held = make.meeting(organization="Regional Commission")
    make.category(held, code="GOV", name="Governments")
    return held


def session_of(meeting: Meeting, *, approved: bool = True, **facts: Any) -> Session:
    """A session with a speaker, a moderator, a cleared note, and a summary that was handed in."""
    session = make.session(meeting, **{"code": "S3", "title": "Broadband", **facts})
    speaker = make.role(session, name="Aqila Zuberi", organization="Ministry of Posts")
    make.role(session, "moderator", name="Jonas Lind", organization="Telecoms Union")
    make_review.note(
        session,
        text="Prices fall.",
        role_id=speaker.id,
        speaker="Aqila Zuberi",
        organization="Ministry of Posts",
        ceiling="organization",
    )
    make_review.note(session, text="Nobody cleared this.", state="draft")
    told = Summary(("Prices fall.", "Rural areas wait."), ((speaker.id, "Fibre\ncame."),), "One.\nTwo.", "", "Go on.")
    with transaction():
        write_summary(session, told, base=0, by=None, at=TODAY)
        submit_session(session, by=None, at=TODAY, despite="A test.")
        if approved:
            approve_summary(session, 1, by=None, at=TODAY)
            kept = record_of(session)
            assert kept is not None
            kept.attendance = for_the_world(CAME, BALANCE)
    return session


def said(paper: Paper | None) -> dict[str, list[str]]:
    assert paper is not None
    return {one.title: [row.text for row in one.paragraphs] for one in paper.text.chapters}


def paper(meeting: Meeting, policy: str = "organization") -> Paper | None:
    return paper_of_session(meeting, "S3", policy=policy, on=TODAY.date())


def test_the_form_is_filled_in_its_order_and_says_what_is_missing(meeting: Meeting) -> None:
    session_of(meeting)
    made = paper(meeting, "person")
    told = said(made)
    assert made is not None
    assert told["Session"] == [
        "“Broadband” was held on 16 March 2026 from 09:00 to 10:30 (Bangkok, UTC+7).",
        "Organizer: Regional Commission.",
    ]
    assert told["Chair or moderator"] == ["Jonas Lind, Telecoms Union."]
    assert told["Key issues"] == ["Prices fall.", "Rural areas wait."]
    assert told["Presentations"] == ["Fibre came."]  # her notes name nobody, so this does not
    assert told["Discussion"] == ["One.", "Two."]
    assert told["Outcomes recorded"] == ["The Ministry of Posts noted that prices fell."]
    assert (next(iter(told)), list(told)[-1]) == ("Session", "Attendance")
    assert made.missing == ("Rapporteur", "Agreement and divergence")
    assert made.withheld == ()


def test_attendance_is_in_groups_of_five_and_more(meeting: Meeting) -> None:
    session_of(meeting)
    assert said(paper(meeting))["Attendance"] == [
        "34 people were counted at the door.",
        "By gender: Women, 20; Men and Other or not stated together, 14.",
    ]


@pytest.mark.parametrize(
    ("policy", "rule", "speakers", "presented"),
    [
        ("person", "open", ["Ministry of Posts."], "Fibre came."),  # the note says no more of her
        ("organization", "open", ["Ministry of Posts."], "Ministry of Posts: Fibre came."),
        ("category", "open", None, "Fibre came."),
        ("person", "chatham", None, "Fibre came."),
    ],
)
def test_it_names_what_policy_and_rule_allow(
    meeting: Meeting, policy: str, rule: str, speakers: list[str] | None, presented: str
) -> None:
    session_of(meeting, rule=rule)
    told = said(paper(meeting, policy))
    assert told.get("Speakers") == speakers
    assert told["Presentations"] == [presented]


def test_speakers_are_those_who_took_the_floor_and_not_the_programme(meeting: Meeting) -> None:
    session = session_of(meeting)
    silent = make.session(meeting, code="S4", title="Nobody wrote here")
    for one in (session, silent):
        make.role(one, name="Grace Hopper", organization="ITU")
    make_floor.ended(make_floor.begun(make_floor.asked(session, "Ada Byron", "Fiji")))
    make_floor.asked(session, "Bo Chen", "Tonga")
    first, second = reports(meeting, "organization")
    assert [row.text for part in first.parts if part.heading == "Speakers" for row in part.rows] == [
        "Fiji.",
        "Ministry of Posts.",
    ]
    assert "Speakers" in second.missing


@pytest.mark.parametrize("policy", CEILINGS)
def test_words_of_the_summary_that_name_too_much_are_left_out_and_told(meeting: Meeting, policy: str) -> None:
    session = session_of(meeting, approved=False)
    with transaction():
        told = Summary(discussion="Aqila Zuberi asked why.\nNobody knew.")
        write_summary(session, told, base=1, by=None, at=TODAY)
        approve_summary(session, 2, by=None, at=TODAY)
    made = paper(meeting, policy)
    assert made is not None
    assert said(made)["Discussion"] == ["Nobody knew."]
    assert "Discussion" in made.withheld
    everything = to_json(made.text).decode()
    assert "Zuberi" not in everything


def test_the_points_of_a_summary_get_letters_instead_of_their_hyphens(meeting: Meeting) -> None:
    session = session_of(meeting, approved=False)
    with transaction():
        told = Summary(discussion="- Who pays.\n• Who waits.", way_forward="1. Meet again.\n2) Write first.")
        write_summary(session, told, base=1, by=None, at=TODAY)
        approve_summary(session, 2, by=None, at=TODAY)
    made = said(paper(meeting))
    assert (made["Discussion"], made["Way forward"]) == (["Who pays.", "Who waits."], ["Meet again.", "Write first."])


def test_a_summary_that_nobody_approved_is_missing(meeting: Meeting) -> None:
    session_of(meeting, approved=False)
    [found] = reports(meeting, "organization")
    assert {"Key issues", "Discussion", "Attendance"} <= set(found.missing)


def test_all_sessions_are_one_paper_and_closed_ones_none(meeting: Meeting) -> None:
    session_of(meeting)
    session_of(meeting, code="S4", title="Skills", approved=False)
    make.session(meeting, code="S5", rule="closed")
    made = session_reports(meeting, policy="organization", on=TODAY.date())
    assert list(said(made)) == ["Session S3: Broadband", "Session S4: Skills"]
    first = [(row.letter, row.text) for row in made.text.chapters[0].paragraphs]
    assert ("", "Key issues:") in first
    assert ("b", "Rural areas wait.") in first
    assert "S4: Discussion" in made.missing
    assert paper_of_session(meeting, "S5", policy="organization", on=TODAY.date()) is None


def test_what_a_part_has_one_of_stands_behind_its_heading(meeting: Meeting) -> None:
    session_of(meeting)
    [chapter] = session_reports(meeting, policy="organization", on=TODAY.date()).text.chapters
    told = [(one.letter, one.text) for one in chapter.paragraphs]
    assert ("", "Chair or moderator: Telecoms Union.") in told
    at = told.index(("", "Key issues:"))
    assert told[at + 1 : at + 3] == [("a", "Prices fall."), ("b", "Rural areas wait.")]


def test_the_preview_counts_what_comes_from_notes(client: PageClient, meeting: Meeting) -> None:
    session_of(meeting)
    editor = client.sign_in(make.staff(meeting, ORGANIZER))
    page = editor.get(f"/meetings/{meeting.slug}/review/outlets/session-reports").text
    assert "1 paragraph from notes" in page


def test_pages_and_files_say_the_same(client: PageClient, meeting: Meeting) -> None:
    session_of(meeting)
    editor = client.sign_in(make.staff(meeting, ORGANIZER))
    base = f"/meetings/{meeting.slug}/review/outlets"
    assert "Agreement and divergence" in editor.get(f"{base}/sessions").text
    assert "Rural areas wait." in editor.get(f"{base}/sessions/S3").text
    word = Document(BytesIO(editor.get(f"{base}/sessions/S3.docx").data))
    assert "Rural areas wait." in "\n".join(row.text for row in word.paragraphs)
    assert editor.get(f"{base}/sessions/S3.pdf").data.startswith(b"%PDF")
    assert "Rural areas wait." in editor.get(f"{base}/session-reports.md").text
    assert "word/document.xml" in ZipFile(BytesIO(editor.get(f"{base}/session-reports.docx").data)).namelist()
    assert editor.get(f"{base}/sessions/S99").status_code == 404
    assert editor.get(f"{base}/sessions/S99.json").status_code == 404


def test_the_command_writes_one_or_all(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    session_of(meeting)
    runner, file = app.test_cli_runner(), tmp_path / "out"
    asked = ["outlets", "export", meeting.slug, "session-reports", "--output", str(file)]
    done = runner.invoke(args=asked)
    assert done.exit_code == 0, done.output
    assert "No answer yet: S3: Agreement and divergence" in done.output
    assert json.loads(file.read_bytes())["report"]["name"] == "session-reports"
    assert runner.invoke(args=[*asked, "--session", "S3"]).exit_code == 0
    assert json.loads(file.read_bytes())["report"]["name"] == "session-S3"
    assert "no session-reports of a session S9" in runner.invoke(args=[*asked, "--session", "S9"]).output


def test_the_list_costs_the_same_for_one_session_and_for_many(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    address = f"/meetings/{meeting.slug}/review/outlets/sessions"
    session_of(meeting)
    client.get(address)
    with counted() as few:
        client.get(address)
    for number in range(26):
        session_of(meeting, code=f"M{number:02}")
    with counted() as many:
        pages = [client.get(f"{address}?page={number}").text for number in (1, 2, 3)]
    assert len(many) == 3 * len(few)
    codes = [code for page in pages for code in re.findall(r'<tr id="(\w+)"', page)]
    assert sorted(codes) == sorted(["S3", *(f"M{number:02}" for number in range(26))])


@pytest.mark.parametrize("policy", CEILINGS)
def test_a_list_says_the_same_of_each_and_reads_nobody_who_registered(meeting: Meeting, policy: str) -> None:
    make.registration(meeting, record_name="Prices Zuberi", organization="Ministry of Posts")
    session = session_of(meeting)
    for text in ("Prices Fall, said Aqila Zuberi.", "Ministry of Posts has built lines.", "Lines were built."):
        make_review.note(session, text=text, speaker="Aqila Zuberi", organization="Ministry of Posts")
    session_of(meeting, code="S4")
    whole = [(one.missing, one.withheld) for one in reports(meeting, policy, ["S3", "S4"])]
    with counted() as statements:
        found = reports_in_list(meeting, policy, ["S3", "S4"])
    assert [(one.missing, one.withheld) for one in found] == whole
    assert not any("registration.record_name" in one for one in statements)
