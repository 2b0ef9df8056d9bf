"""The present form of session reports: two takeaways and two calls to action of the best supported groups, and others."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.outlets.chosen.actions import choose, chosen_at
from eventapp.outlets.chosen.models import Takeaway
from eventapp.outlets.papers import Paper
from eventapp.outlets.session_reports import paper_of_one
from eventapp.outlets.takeaways import (
    SESSION_TAKEAWAYS,
    Wanted,
    session_takeaways,
    takeaway_reports,
    takeaways_in_list,
    takeaways_of_session,
)
from eventapp.record.clearing.actions import submit_session
from eventapp.record.notes.models import Note
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.actions import approve_summary, write_summary
from eventapp.record.summaries.content import Summary
from eventapp.record.summaries.models import SummaryRevision
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted, loaded

TODAY = make.TODAY.date()
STORMS = {
    "Fiji": "Cables to the islands are cut by storms.",
    "Tonga": "After storms the islands wait weeks for a ship that mends cables.",
    "Nepal": "Rain and storms break cables in the mountains, and nobody pays for a second one.",
}


@pytest.fixture
def session(app: Flask) -> Session:
    """A session with groups of one, of three and of two delegations, and two that is asked of whom."""
    held = recorded()
    make_review.report(held.meeting)
    return held


def recorded() -> Session:
    held = make.session(make.meeting(), kind="trends", code="S2", title="Trends")
    make_review.note(held, text="Museums open late.", organization="UNESCO", action_lines=["C8"])
    for state, text in STORMS.items():
        make_review.note(held, kind="challenge", title="Cables", text=text, organization=state)
    make_review.note(held, text="Teachers of mathematics are few.", organization="WHO", action_lines=["C4"])
    make_review.note(held, text="Few schools train teachers for computers.", organization="ITU", action_lines=["C4"])
    for number, state in enumerate(("Japan", "Samoa", "Bhutan"), start=1):
        text = f"The secretariat should study matter {number} of roaming." if number > 1 else "Radio should stay free."
        make_review.note(held, kind="recommendation", text=text, organization=state, action_lines=["C9"])
    return held


def said(paper: Paper) -> dict[str, list[str]]:
    return {one.title: [row.text for row in one.paragraphs] for one in paper.text.chapters}


def of_session(session: Session, wanted: Wanted | None = None, policy: str = "organization") -> dict[str, list[str]]:
    found = takeaways_of_session(session.meeting, session.code, policy=policy, on=TODAY, wanted=wanted or Wanted())
    assert found is not None
    return said(found.paper)


def test_two_of_each_are_those_of_the_best_supported_groups(session: Session) -> None:
    told = of_session(session)
    assert list(told) == ["Session", "Speakers", "Key takeaways", "Calls to action"]
    first, second = told["Key takeaways"]
    assert "storms" in first
    assert "teachers" in second.lower()
    assert len(told["Calls to action"]) == 2


def test_somebody_may_want_more_fewer_or_others(session: Session) -> None:
    assert len(of_session(session, Wanted(takeaways=1))["Key takeaways"]) == 1
    assert "useums" in str(of_session(session, Wanted(takeaways=3))["Key takeaways"][2])
    assert len(of_session(session, Wanted(calls=9))["Calls to action"]) == 3
    assert str(of_session(session, Wanted(notes=frozenset({"S2-1001"}))).get("Key takeaways")).count("useums") == 1
    assert "Calls to action" not in of_session(session, Wanted(notes=frozenset({"S2-1001"})))


def test_the_page_offers_the_others_and_the_files_follow(client: PageClient, session: Session) -> None:
    editor = client.sign_in(make.staff(session.meeting, ORGANIZER))
    base = f"/meetings/{session.meeting.slug}/review/outlets"
    assert "two calls to action" in editor.get(f"{base}/sessions?form=session-takeaways").text
    assert "form=session-takeaways" in editor.get(base).text
    page = editor.get(f"{base}/sessions/S2?form=session-takeaways").text
    assert page.count('name="note"') == 6 + 3
    assert len(re.findall(r'name="note" value="[^"]+" checked', page)) == 4
    assert "3 delegations stand behind its group" in page
    query = "form=session-takeaways&chosen=1&note=S2-1001"
    chosen = editor.get(f"{base}/sessions/S2?{query}").text
    assert len(re.findall(r'name="note" value="[^"]+" checked', chosen)) == 1
    for ending in ("md", "json"):
        assert f"/sessions/S2.{ending}?form=session-takeaways&amp;chosen=1&amp;note=S2-1001" in chosen
        text = editor.get(f"{base}/sessions/S2.{ending}?{query}").text
        assert "useums" in text
        assert "torms" not in text
    assert editor.get(f"{base}/sessions/S2.pdf?{query}").data.startswith(b"%PDF")
    assert editor.get(f"{base}/sessions/S2?form=session-takeaways&takeaways=x&calls=99").status_code == 200
    assert editor.get(f"{base}/sessions/S2?form=session-takeaways&slug=x&_anchor=y&_scheme=z").status_code == 200
    assert editor.get(f"{base}/sessions/S99?form=session-takeaways").status_code == 404
    older = editor.get(f"{base}/sessions/S2").text
    assert "Outcomes recorded" in older
    assert 'name="note"' not in older


def test_the_list_costs_the_same_for_one_session_and_for_many(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    address = f"/meetings/{session.meeting.slug}/review/outlets/sessions?form=session-takeaways"
    client.get(address)
    with counted() as few:
        client.get(address)
    for number in range(8):
        one = make.session(session.meeting, code=f"M{number}", title="More")
        make_review.note(one, text=f"Matter {number} was taken up.", organization="ITU")
    with counted() as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_approved_summary_stands_below_and_policies_hold(session: Session) -> None:
    with transaction():
        write_summary(session, Summary(("Prices fall.",), (), "One.", "", "Go on."), base=0, by=None, at=make.TODAY)
        submit_session(session, by=None, at=make.TODAY, despite="A test.")
        approve_summary(session, 1, by=None, at=make.TODAY)
    told = of_session(session, policy="nobody")
    assert told["Session report"] == ["Prices fall.", "One.", "Go on."]
    assert not any(state in str(told) for state in (*STORMS, "Japan", "WHO"))
    assert "Speakers" not in told


def test_all_sessions_are_one_paper_and_the_command_writes_one_or_all(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    make.session(session.meeting, code="S3", title="Nobody wrote here")
    made = session_takeaways(session.meeting, policy="organization", on=TODAY)
    assert list(said(made)) == ["Session S2: Trends", "Session S3: Nobody wrote here"]
    assert {"S3: Key takeaways", "S3: Calls to action", "S2: Session report"} <= set(made.missing)
    runner, file = app.test_cli_runner(), tmp_path / "out"
    asked = ["outlets", "export", session.meeting.slug, "session-takeaways", "--output", str(file)]
    done = runner.invoke(args=asked)
    assert done.exit_code == 0, done.output
    assert json.loads(file.read_bytes())["report"]["name"] == "session-takeaways"
    assert runner.invoke(args=[*asked, "--session", "S2", "--takeaways", "1"]).exit_code == 0
    chapters = {one["title"]: one["paragraphs"] for one in json.loads(file.read_bytes())["report"]["chapters"]}
    assert len(chapters["Key takeaways"]) == 1
    assert "no session-takeaways of a session S9" in runner.invoke(args=[*asked, "--session", "S9"]).output


def chosen(session: Session) -> list[str]:
    rows = chosen_at(session.meeting).get(session.id, [])
    return [one.note.reference for one in rows]


def test_a_choice_is_kept_with_who_made_it_and_stands_everywhere(client: PageClient, session: Session) -> None:
    editor = client.sign_in(make.staff(session.meeting, ORGANIZER, make.person("Ada Byron")))
    base = f"/meetings/{session.meeting.slug}/review/outlets/sessions"
    address = f"{base}/S2/takeaways?form=session-takeaways"
    before = editor.get(f"{base}/S2?form=session-takeaways").text
    assert "Not chosen" in before
    sent = editor.post(address, data={"note": ["S2-1001", "S2-1008"]})
    assert sent.status_code == 303
    page = editor.get(sent.location).text
    assert "The choice is saved." in page
    assert re.findall(r'name="note" value="([^"]+)" checked', page) == ["S2-1001", "S2-1008"]
    assert re.search(r"by Ada Byron\s+on", page)

    told = of_session(session)
    assert [len(told[heading]) for heading in ("Key takeaways", "Calls to action")] == [1, 1]
    assert "useums" in told["Key takeaways"][0]
    every = session_takeaways(session.meeting, policy="organization", on=TODAY)
    assert "useums" in str(said(every)) and "torms" not in str(said(every))
    assert "useums" in editor.get(f"{base}/S2.md?form=session-takeaways").text
    assert "torms" in str(of_session(session, Wanted(takeaways=3)))  # what an address asks for goes first

    line = db.session.scalars(select(Entry).where(Entry.verb == "choose takeaways")).one()
    assert (line.by_name, line.detail) == ("Ada Byron", {"before": [], "after": ["S2-1001", "S2-1008"]})
    editor.post(address, data={"best": "1"})
    assert chosen(session) == []
    assert len(of_session(session)["Key takeaways"]) == 2


def test_nothing_and_what_is_not_offered_is_refused_and_keeps_what_was_ticked(
    client: PageClient, session: Session
) -> None:
    editor = client.sign_in(make.staff(session.meeting, ORGANIZER))
    address = f"/meetings/{session.meeting.slug}/review/outlets/sessions/S2/takeaways"
    editor.post(f"{address}?form=session-takeaways", data={"note": "S2-1001"})
    for notes, says in (([], "Tick at least one"), (["S2-1008", "S9-01"], "Not offered any more: S9-01")):
        answer = editor.post(f"{address}?form=session-takeaways", data={"note": notes})
        assert answer.status_code == 422
        assert says in answer.text
        assert re.findall(r'name="note" value="([^"]+)" checked', answer.text) == [one for one in notes if "S2" in one]
    assert chosen(session) == ["S2-1001"]
    assert editor.post(address, data={"note": "S2-1001"}).status_code == 303
    assert editor.post(address.replace("S2", "S99") + "?form=session-takeaways").status_code == 404


def test_what_is_chosen_and_not_offered_any_more_is_said(client: PageClient, session: Session) -> None:
    with transaction():
        found = takeaways_of_session(session.meeting, "S2", policy="organization", on=TODAY)
        assert found is not None
        choose(session, ["S2-1001", "S2-1008"], found.offered, by=None, at=make.TODAY)
    with transaction():
        next(note for note in found.offered.values() if note.reference == "S2-1001").state = "draft"
    editor = client.sign_in(make.staff(session.meeting, ORGANIZER))
    page = editor.get(f"/meetings/{session.meeting.slug}/review/outlets/sessions/S2?form=session-takeaways").text
    assert "Chosen, and not offered any more: S2-1001" in page


@pytest.mark.parametrize("policy", CEILINGS)
def test_a_session_is_told_as_with_the_whole_meeting_and_the_rest_is_not_read(app: Flask, policy: str) -> None:
    """A group that notes of two sessions are in counts by all its delegations."""
    session = recorded()
    other = make.session(session.meeting, kind="trends", code="S3", title="Cables")
    for state in ("Palau", "Kiribati"):
        text = "Cables to the islands are cut by storms, and nobody mends them."
        make_review.note(other, kind="challenge", title="Cables", text=text, organization=state)
    elsewhere = make.session(session.meeting, kind="trends", code="S4", title="Post")
    make_review.note(elsewhere, text="Parcels are late.", organization="UPU", action_lines=["C10"])
    make_review.report(session.meeting)
    whole = {one.session.code: one for one in takeaway_reports(session.meeting, policy)}
    for one in (other, session):
        found = takeaways_of_session(session.meeting, one.code, policy=policy, on=TODAY)
        assert found is not None
        full = paper_of_one(session.meeting, SESSION_TAKEAWAYS, whole[one.code], policy=policy, on=TODAY)
        assert said(found.paper) == said(full)
    support = [one.support for one in found.candidates if "torms" in one.words] if found else []
    assert policy != "organization" or max(support) > len(STORMS)
    session_id = elsewhere.id
    db.session.expunge_all()
    meeting = db.session.get_one(Meeting, session.meeting_id)
    for listed in takeaways_in_list(meeting, policy, ["S2", "S3"]):
        before = whole[listed.session.code]
        assert (listed.missing, listed.withheld) == (before.missing, before.withheld)
    read = [one for one in db.session if isinstance(one, Note) and one.session_id == session_id]
    assert read == []


def test_a_list_says_of_what_was_chosen_whether_it_may_stand_and_reads_of_no_other_session(app: Flask) -> None:
    session = recorded()
    other = make.session(session.meeting, kind="trends", code="S3", title="Post")
    make_review.note(other, text="Parcels are late.", organization="UPU", action_lines=["C10"])
    for one in (session, other):
        with transaction():
            write_summary(one, Summary(("Prices fall.",), (), "", "", ""), base=0, by=None, at=make.TODAY)
            submit_session(one, by=None, at=make.TODAY, despite="A test.")
            approve_summary(one, 1, by=None, at=make.TODAY)
    make_review.report(session.meeting)
    for one, place in ((session, -1), (other, 0)):
        found = takeaways_of_session(one.meeting, one.code, policy="organization", on=TODAY)
        assert found is not None
        with transaction():
            choose(one, [found.candidates[place].reference], found.offered, by=None, at=make.TODAY)
    whole = {one.session.code: one for one in takeaway_reports(session.meeting, "organization")}
    number = session.meeting_id
    db.session.expunge_all()
    meeting = db.session.get_one(Meeting, number)
    with loaded(SummaryRevision, SessionRecord, Takeaway) as rows:
        [listed] = takeaways_in_list(meeting, "organization", ["S2"])
    assert listed.missing == whole["S2"].missing and "Key takeaways" in listed.missing  # a call to action was chosen
    assert "Calls to action" not in listed.missing
    assert rows == {"SummaryRevision": 1, "SessionRecord": 1, "Takeaway": 1}
