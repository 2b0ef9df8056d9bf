"""Inputs and cards in a package: what leaves as far as was consented, what stays, and that it comes back."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.inputs.actions import show_publicly, withdraw
from eventapp.inputs.models import Input
from eventapp.inputs.passages import note_from
from eventapp.inputs.queries import input_at, said_by
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.outlets.sheets.entries import sheets
from eventapp.outlets.sheets.questions import PRIZES, STOCKTAKING
from eventapp.package.export import inputs as handing
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.practices.actions import change_consents, turn_into_note
from eventapp.practices.models import Card
from eventapp.practices.queries import card_at
from eventapp.record.notes.models import APPROVED, Note
from eventapp.record.search.models import SearchEntry
from eventapp.record.sessions.queries import session_at
from tests import make, make_inputs, make_package, make_practices, make_record, make_review
from tests.make_package import files, package, read, words
from tests.package.test_importing import flask, imported, rows
from tests.package.test_summing import rezipped

LATER = make.TODAY + timedelta(hours=2)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make_package.held()
    make_inputs.call(meeting)
    return meeting


def session_of(meeting: Meeting, code: str = "S2") -> Session:
    session = session_at(meeting, code)
    assert session is not None
    return session


def noted(written: Input, session: Session, **facts: Any) -> Note:
    draft = make_record.draft("Radio is everywhere.", organization="Radio Network", **facts)
    with transaction():
        note = note_from(written, session, "C9", draft, by=None, at=LATER, key=f"k{written.number}")
        note.state = APPROVED
    return note


def told_in_sheets(meeting: Meeting) -> list[Any]:
    """What the sheets of both forms say, but for whom to ask."""
    contact = "Pema Choden <pema@example.org>"
    return [
        (form.name, one.card, one.note, [each.text for each in one.answers if each.text not in ("", contact)])
        for form in (STOCKTAKING, PRIZES)
        for one in sheets(meeting, form).ready
    ]


def agreed(session: Session, *outlets: str, **facts: Any) -> Card:
    card, _token = make_practices.sent(session, outlets=outlets or ("stocktaking",), **facts)
    return card


@pytest.mark.parametrize("level", LEVELS)
def test_an_input_leaves_where_its_sender_lets_everybody_read_it(meeting: Meeting, level: str) -> None:
    shown = make_inputs.sent(meeting, organization="Shown Network")
    make_inputs.sent(meeting, public=False, organization="CanaryPrivate")
    back = make_inputs.sent(meeting, organization="CanaryBack")
    asked = make_inputs.sent(meeting, organization="CanaryAsked")
    make_inputs.begun(meeting)
    with transaction():
        withdraw(back, at=LATER)
        show_publicly(asked, yes=False, at=LATER)

    [one] = read(package(meeting, level), "inputs.json")
    assert (one["number"], one["organization"], one["overview"]) == (1, "Shown Network", "Three things matter.")
    assert one["passages"] == [{"line": "C9", "text": make_inputs.RADIO}]
    said = words(package(meeting, level))
    assert "Canary" not in said
    assert shown.person.email not in said
    assert filled(meeting, level).left_out.inputs == 2  # those that stand


@pytest.mark.parametrize("level", LEVELS)
def test_an_input_tells_the_notes_of_it_whose_ceiling_allows_that(meeting: Meeting, level: str) -> None:
    session = session_of(meeting)
    told = noted(make_inputs.sent(meeting), session, ceiling="organization")
    hidden = noted(make_inputs.sent(meeting), session, ceiling="category")
    first, second = read(package(meeting, level), "inputs.json")
    assert [one["note"] for one in first["notes"]] == [told.reference]
    assert second["notes"] == [] and hidden.reference in {
        f"{one['session']}-{one['number']:02d}" for one in read(package(meeting, level), "notes.json")
    }


def test_a_card_leaves_with_the_archive_where_it_may_be_forwarded(meeting: Meeting) -> None:
    session = session_of(meeting)
    agreed(session, "prizes")
    changed = agreed(make.session(meeting, code="S3"), project="CanaryChanged")
    make_practices.sent(make.session(meeting, code="S4"), project="CanaryNever")
    agreed(make.session(meeting, code="S5", rule="chatham"), project="CanaryChatham")
    agreed(make.session(meeting, code="S6", rule="closed"), project="CanaryClosed")
    with transaction():
        change_consents(changed, (), at=LATER)

    assert read(package(meeting, PUBLIC), "cards.json") == []
    [one] = read(package(meeting, ARCHIVE), "cards.json")
    assert (one["number"], one["project"], [each["outlet"] for each in one["agreed"]]) == (
        1, "Prices by radio", ["prizes"],
    )  # fmt: skip
    said = words(package(meeting, ARCHIVE)).splitlines()
    assert [line for line in said if re.search("Canary|Pema|pema@", line)] == []
    assert (filled(meeting, ARCHIVE).left_out.cards, filled(meeting, PUBLIC).left_out.cards) == (4, 5)


def test_a_card_stays_where_its_note_may_not_tell_its_sender(meeting: Meeting) -> None:
    card = agreed(session_of(meeting))
    with transaction():
        note = turn_into_note(card, by=None, at=LATER)
    [one] = read(package(meeting, ARCHIVE), "cards.json")
    assert (one["note"], one["noted_revision"]) == (note.reference, 1)
    make_review.revise(note, text="Prices.", organization="Ministry of Agriculture", ceiling="category")
    assert read(package(meeting, ARCHIVE), "cards.json") == []
    make_review.revise(note, text="Prices.", off_record=True)
    assert read(package(meeting, ARCHIVE), "cards.json") == []


def test_words_that_name_too_much_stay_and_without_the_guard_they_leave(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(meeting)
    make_review.note(session, text="Ports wait.", speaker="Canary Speaker", ceiling="organization")
    make_inputs.sent(meeting, overview="Canary Speaker told us.", passages={"C9": "Ask canary@example.org."})
    agreed(session, challenges="Canary Speaker was against it.", partners="Farmers")
    agreed(make.session(meeting, code="S3"), results="Ask canary@example.org.")

    assert "canary" not in words(package(meeting, ARCHIVE)).lower()
    [one] = read(package(meeting, ARCHIVE), "inputs.json")
    assert (one["overview"], one["passages"], one["organization"]) == ("", [], "Radio Network")
    [card] = read(package(meeting, ARCHIVE), "cards.json")
    assert (card["challenges"], card["partners"]) == ("", "Farmers")

    monkeypatch.setattr(handing.Clean, "__call__", lambda _self, text: text)
    assert words(package(meeting, ARCHIVE)).lower().count("canary") > 2


@pytest.mark.parametrize("level", LEVELS)
def test_inputs_and_cards_come_back_as_they_left(app: Flask, meeting: Meeting, tmp_path: Path, level: str) -> None:
    session = session_of(meeting)
    noted(make_inputs.sent(meeting, country="BTN"), session)
    card = agreed(session, "stocktaking", "prizes", keywords="radio, prices", is_ongoing=True)
    with transaction():
        turn_into_note(card, by=None, at=LATER).state = APPROVED
    before = told_in_sheets(meeting)
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    with transaction():
        meeting.slug = "elsewhere"
        for one in db.session.scalars(select(Session)):
            one.uid = f"old-{one.uid}"
    imported(came)
    here = meeting_at("spring")
    assert here is not None
    assert package(here, level) == came.read_bytes()

    written = input_at(here, 1)
    assert written is not None and written.is_public and said_by(written).passages == {"C9": make_inputs.RADIO}
    assert [(one.note.session.meeting_id, one.note.origin) for one in written.notes] == [(here.id, "input:1")]
    again = card_at(here, 1)
    assert (again is not None) is (level == ARCHIVE)
    if again is not None:
        assert again.note is not None and again.note.origin == "card:1"
        assert again.may_be_forwarded_to == card.may_be_forwarded_to
        assert len(before) == 2 and told_in_sheets(here) == before
    found = select(SearchEntry.reference).where(
        SearchEntry.meeting_id == here.id, SearchEntry.thing.in_(["input", "card"])
    )
    assert set(db.session.scalars(found)) == ({"IN-01", "GP-01"} if level == ARCHIVE else {"IN-01"})


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("inputs.json", {"notes": [{"note": "S9-01", "part": "", "revision": 1}]}, "input IN-01: note"),
        ("inputs.json", {"passages": [{"line": "C99", "text": "x"}]}, "input IN-01: its action lines"),
        ("inputs.json", {"behalf": "nobody"}, "input IN-01: on whose behalf"),
        ("inputs.json", {"country": "XXX"}, "inputs[0].country"),
        ("inputs.json", {"overview": "word " * 2000}, "or its length"),
        ("cards.json", {"session": "S99"}, "card GP-01: its session"),
        ("cards.json", {"agreed": []}, "card GP-01: where it may be forwarded"),
        ("cards.json", {"results": ""}, "card GP-01: a part of it"),
        ("cards.json", {"website": "javascript:alert(1)"}, "card GP-01: a part of it"),
        ("cards.json", {"kind": "trend"}, "cards[0].kind"),
    ],
)
def test_what_none_would_say_is_refused(
    app: Flask, meeting: Meeting, tmp_path: Path, name: str, change: dict[str, Any], says: str
) -> None:
    make_inputs.sent(meeting)
    agreed(session_of(meeting))
    found = files(package(meeting, ARCHIVE))
    [one] = json.loads(found[name])
    before = rows()
    code, said = flask(app, "verify", str(rezipped(found, tmp_path, name, [{**one, **change}])))
    assert (code, rows()) == (1, before)
    assert says in said
