"""Summaries of sessions and deliveries of commitments: what leaves of them, what stays, and that they come back."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.export import summaries as summing
from eventapp.package.manifest.archive import MANIFEST
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.record.clearing.actions import submit_session
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.models import Delivery
from eventapp.record.extras.queries import deliveries_of
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import session_at
from eventapp.record.summaries.actions import approve_summary, published_summary, summary_of, write_summary
from eventapp.record.summaries.content import Summary
from tests import make, make_package, make_review
from tests.make_package import files, package, read, words
from tests.package.conftest import Elsewhere
from tests.package.test_importing import flask, imported, rows
from tests.package.test_unpacking import zipped

LATER = make.TODAY + timedelta(days=1)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_package.held()


def summed(session: Session, *texts: str, approve: int | None = None, **parts: Any) -> None:
    """A summary that said each of these, one after the other; `approve` is the revision the world reads."""
    for base, text in enumerate(texts):
        with transaction():
            write_summary(session, Summary(discussion=text, **parts), base=base, by=None, at=LATER)
        if approve == base + 1:
            with transaction():
                submit_session(session, by=None, at=LATER, despite="Short.")
                approve_summary(session, approve, by=None, at=LATER)


def trends(meeting: Meeting) -> Session:
    session = session_at(meeting, "S2")
    assert session is not None
    return session


def test_the_public_gets_what_was_approved_and_the_archive_every_revision(meeting: Meeting) -> None:
    summed(trends(meeting), "First words.", "Approved words.", "Newer words.", approve=2)
    summed(make.session(meeting, code="S5"), "Never approved.")

    [public] = read(package(meeting), "summaries.json")
    assert (public["session"], public["head"], public["approved"]) == ("S2", 2, 2)
    assert [one["discussion"] for one in public["revisions"]] == ["Approved words."]
    whole = read(package(meeting, ARCHIVE), "summaries.json")
    assert [(one["session"], one["head"], one["approved"]) for one in whole] == [("S2", 3, 2), ("S5", 1, None)]
    assert [one["discussion"] for one in whole[0]["revisions"]] == ["First words.", "Approved words.", "Newer words."]
    assert read(package(meeting, ARCHIVE), MANIFEST)["counts"]["summary_revisions"] == 4


@pytest.mark.parametrize("level", LEVELS)
def test_of_a_closed_session_nothing_leaves_and_no_name_above_its_ceiling(meeting: Meeting, level: str) -> None:
    closed = make.session(meeting, code="S6", rule="closed")
    make_review.note(closed, text="Behind doors.")
    summed(closed, "CanaryClosed was said.", approve=1)
    session = make.session(meeting, code="S7")
    make_review.note(session, text="Prices rise.", speaker="Canary Speaker", ceiling="organization")
    summed(session, "Canary Speaker said so.", approve=1, way_forward="Ask canary@example.org.",
           key_issues=("Prices rise.",))  # fmt: skip
    said = words(package(meeting, level))

    assert "canary" not in said.lower()
    [one] = read(package(meeting, level), "summaries.json")
    [revision] = one["revisions"]
    assert (one["session"], revision["discussion"], revision["way_forward"]) == ("S7", "", "")
    assert revision["key_issues"] == ["Prices rise."]


def test_without_the_guards_the_same_reading_finds_them(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = make.session(meeting, code="S6", rule="closed")
    make_review.note(closed, text="Behind doors.")
    summed(closed, "CanaryClosed was said.", approve=1)
    session = make.session(meeting, code="S7")
    make_review.note(session, text="Prices rise.", speaker="Canary Speaker", ceiling="organization")
    summed(session, "Canary Speaker said so.", approve=1)
    monkeypatch.setattr(summing, "CLOSED", "no rule")
    monkeypatch.setattr(summing.Redaction, "words", lambda _self, text: text)
    said = words(package(meeting, ARCHIVE))
    assert "CanaryClosed" in said and "Canary Speaker" in said


def test_a_presentation_is_of_a_role_where_the_rule_lets_it_be_told(meeting: Meeting) -> None:
    session = trends(meeting)
    role = session.roles[0]
    summed(session, "Open.", approve=1, presentations=((role.id, "Prices."), (0, "Of nobody.")))
    chatham = make.session(meeting, code="S8", rule="chatham")
    make_review.note(chatham, text="It was said.")
    told = make.role(chatham, name="Canary Chatham")
    summed(chatham, "House.", approve=1, presentations=((told.id, "Ports."),))
    named = {
        one["session"]: one["revisions"][0]["presentations"]
        for one in read(package(meeting, ARCHIVE), "summaries.json")
    }
    assert named == {
        "S2": [{"role": 0, "text": "Prices."}, {"role": None, "text": "Of nobody."}],
        "S8": [{"role": None, "text": "Ports."}],
    }


def promised(meeting: Meeting, **facts: Any) -> Note:
    return make_review.note(trends(meeting), kind="commitment", text="We build it.", title="Build", **facts)


def told(note: Note, state: str, *, remark: str, at: Any = LATER) -> None:
    with transaction():
        report_delivery(note, state=state, due_on=None, due_text="", remark=remark, by=None, at=at)


def deliveries(meeting: Meeting, level: str) -> list[tuple[str, str]]:
    found = [one for one in read(package(meeting, level), "notes.json") if one.get("deliveries")]
    return [(one["state"], one["remark"]) for note in found for one in note["deliveries"]]


def test_the_public_gets_where_a_commitment_stands_and_the_archive_its_history(meeting: Meeting) -> None:
    note = promised(meeting, speaker="Canary Speaker", ceiling="organization")
    told(note, "open", remark="It began.")
    told(note, "progress", remark="Canary Speaker builds.")
    told(note, "done", remark="It stands.")
    assert deliveries(meeting, PUBLIC) == [("done", "It stands.")]
    assert deliveries(meeting, ARCHIVE) == [("open", "It began."), ("progress", ""), ("done", "It stands.")]


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_told_while_the_note_was_off_the_record_stays(meeting: Meeting, level: str) -> None:
    note = promised(meeting, off_record=True)
    make.kept(Delivery(note_id=note.id, at=note.current.at, state="open", remark="CanaryOff"))
    make_review.revise(note, kind="commitment", text="We build it.", title="Build", at=LATER)
    told(note, "done", remark="It stands.", at=LATER + timedelta(hours=1))
    assert deliveries(meeting, level) == [("done", "It stands.")]
    assert "CanaryOff" not in words(package(meeting, level))


@pytest.mark.parametrize("level", LEVELS)
def test_both_come_back_as_they_left(app: Flask, meeting: Meeting, tmp_path: Path, level: str) -> None:
    session = trends(meeting)
    summed(session, "First.", "Second.", approve=2, presentations=((session.roles[0].id, "Prices."),))
    told(promised(meeting), "open", remark="It began.")
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    with transaction():
        meeting.slug = "elsewhere"
        for one in db.session.scalars(select(Session)):
            one.uid = f"old-{one.uid}"
    imported(came)
    here = meeting_at("spring")
    assert here is not None
    again = trends(here)
    shown = published_summary(again)
    assert shown is not None
    assert (shown.discussion, shown.presentations) == ("Second.", ((again.roles[0].id, "Prices."),))
    assert summary_of(again).discussion == "Second."
    [note] = [
        one for one in db.session.query(Note).all() if one.session_id == again.id and one.current.kind == "commitment"
    ]
    assert [(one.state, one.remark) for one in deliveries_of(note)] == [("open", "It began.")]
    assert package(here, level) == came.read_bytes()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"session": "S99"}, "there is no such session"),
        ({"approved": 7}, "summary of S2: its revisions"),
        ({"approved": None}, "when it was approved"),
    ],
)
def test_a_summary_that_names_what_is_not_there_is_refused(
    app: Flask, meeting: Meeting, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    summed(trends(meeting), "Words.", approve=1)
    found = files(package(meeting, ARCHIVE))
    [one] = json.loads(found["summaries.json"])
    before = rows()
    code, said = flask(app, "verify", str(rezipped(found, tmp_path, "summaries.json", [{**one, **change}])))
    assert (code, rows()) == (1, before)
    assert says in said


SINCE_4 = ("questions", "information", "delegations")


def rezipped(found: dict[str, bytes], folder: Path, name: str, value: Any) -> Path:
    """These files with another value in one of them, and a manifest that agrees."""
    content = json.dumps(value).encode()
    manifest = json.loads(found[MANIFEST])
    line = {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
    manifest["files"] = [*(one for one in manifest["files"] if one["name"] != name), line]
    file = folder / "changed.zip"
    file.write_bytes(zipped([*{**found, name: content, MANIFEST: json.dumps(manifest).encode()}.items()]))
    return file


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("version", "had_no"),
    [
        (1, ("summaries", "inputs", "cards", *SINCE_4)),
        (2, ("inputs", "cards", *SINCE_4)),
        (3, SINCE_4),
    ],
)
def test_a_package_of_an_older_version_still_comes_in(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, level: str, version: int, had_no: tuple[str, ...]
) -> None:
    """Version 1 has no summaries and says nothing of deliveries, 2 no inputs and cards, 3 no questions."""
    found = files(elsewhere.packages["spring", level])
    gone = {f"{one}.json" for one in had_no}
    found = {name: data for name, data in found.items() if name not in gone}
    manifest = json.loads(found[MANIFEST])
    manifest |= {"schema_version": version, "files": [one for one in manifest["files"] if one["name"] not in gone]}
    manifest["counts"] = {name: one for name, one in manifest["counts"].items() if name not in had_no}
    file = tmp_path / "old.zip"
    file.write_bytes(zipped([*{**found, MANIFEST: json.dumps(manifest).encode()}.items()]))
    code, said = flask(app, "verify", str(file))
    assert (code, "spring" in said) == (0, True), said
    imported(file)
    here = meeting_at("spring")
    assert here is not None
    goes = files(package(here, level))
    assert {name: goes[name] for name in found if name != MANIFEST} == {
        name: content for name, content in found.items() if name != MANIFEST
    }
