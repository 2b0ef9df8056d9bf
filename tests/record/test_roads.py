"""Wherever people push a note, it goes along the roads there are; and what is published changes by corrigendum only."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.drafts.models import Draft
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.record.clearing.actions import approve, publish, send_back, submit_session
from eventapp.record.drafts.queries import second_texts
from eventapp.record.notes.models import CORRECTED, PUBLISHED, Note
from eventapp.record.notes.queries import revisions_of
from eventapp.record.notes.transitions import TRANSITIONS, move
from eventapp.record.revisions import history
from eventapp.record.revisions.actions import revise
from eventapp.record.revisions.conflicts import settle
from eventapp.record.revisions.history import delete, restore, undo
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.make_record import draft, note

Push = Callable[[Note], object]
PUSHES: tuple[Push, ...] = (
    lambda note: submit_session(note.session, by=None, at=TODAY, despite="No time."),
    lambda note: approve(note, by=None, at=TODAY),
    lambda note: send_back(note, "Which year?", by=None, at=TODAY),
    lambda note: publish([note], by=None, at=TODAY),
    lambda note: revise(note, draft(f"Words {note.head}."), base=note.head, by=None, at=TODAY),
    lambda note: revise(
        note, draft(f"Better {note.head}."), base=note.head, by=None, at=TODAY, remark="A typing error"
    ),
    lambda note: restore(note, 1, base=note.head, by=None, at=TODAY),
    lambda note: delete(note, base=note.head, by=None, at=TODAY),
    lambda note: undo(note, by=None, at=TODAY + timedelta(minutes=1)),
)


def walk(steps: int, seed: int) -> list[str]:
    """What went wrong on a walk of so many pushes."""
    chance, faults = random.Random(seed), list[str]()
    made = note(make.session(make.meeting()), state=(PUBLISHED, "approved", "draft", "submitted")[seed % 4])
    for _ in range(steps):
        before, head = made.state, made.head
        with suppress(Refused), transaction():
            chance.choice(PUSHES)(made)
        now = (made.state, made.head)
        if now[0] != before and now[0] not in TRANSITIONS[before]:
            faults.append(f"{before} -> {now[0]}")
        newest = revisions_of(made)[-1]
        if before == PUBLISHED and now[1] != head and (newest.act != CORRECTED or not newest.remark):
            faults.append(f"a published note was {newest.act}")
        if before == PUBLISHED and made.is_deleted:
            faults.append("a published note was deleted")
    return faults


@pytest.mark.parametrize("seed", range(4))
def test_a_note_goes_along_the_roads_only(app: Flask, seed: int) -> None:
    assert walk(60, seed) == []


def test_without_its_guard_a_published_note_would_change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above can fail."""
    monkeypatch.setattr(history, "unpublished", lambda note: None)
    assert [fault for seed in range(4) for fault in walk(60, seed)] != []


def test_no_road_leads_back_from_the_world(app: Flask) -> None:
    made = note(make.session(make.meeting()), state=PUBLISHED)
    with pytest.raises(ValueError, match="No road"):
        move(made, "draft", by=None, at=TODAY)


def test_a_text_set_aside_becomes_a_corrigendum_with_a_reason_of_its_own(app: Flask) -> None:
    made = note(make.session(make.meeting()), state=PUBLISHED)
    with transaction():
        kept = revise(made, draft("Other words."), base=0, by=None, at=TODAY)
    assert isinstance(kept, Draft)
    with pytest.raises(Refused, match="Say why"), transaction():
        settle(kept, draft("Other words."), base=1, by=None, at=TODAY)
    with transaction():
        settle(kept, draft("Other words."), base=1, by=None, at=TODAY, remark="A typing error")
    assert (made.state, made.current.act, made.current.remark) == (PUBLISHED, CORRECTED, "A typing error")


def test_a_rapporteur_does_not_correct_what_is_published_by_any_page(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    made = note(session, state=PUBLISHED)
    with transaction():
        revise(made, draft("Other words."), base=0, by=None, at=TODAY)
    kept = second_texts(made)[0]
    address = f"/meetings/{meeting.slug}/record/S3/1"
    decision = {"choice": "both", "text": "Other words.", "base": "1", "remark": "A typing error"}
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    page = client.get(address).text
    assert ("It changes only by a corrigendum" in page, "Publish the corrigendum" in page) == (True, False)
    assert client.post(f"{address}/conflicts/{kept.id}", data=decision).status_code == 409
    for step in ("undo", "deletion", "restore"):
        client.post(f"{address}/{step}", data={"base": "1", "revision": "1"})
    assert (made.head, made.current.text[:15]) == (1, "Community radio")

    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(address).text
    assert ("It changes only by a corrigendum" in page, "Publish the corrigendum" in page) == (False, True)
    assert "Publish the corrigendum" in client.get(f"{address}/conflicts/{kept.id}").text
    assert client.post(f"{address}/conflicts/{kept.id}", data={**decision, "remark": ""}).status_code == 422
    assert client.post(f"{address}/conflicts/{kept.id}", data=decision).status_code == 303
    published(meeting)
    page = PageClient(client.application).get(f"/meetings/{meeting.slug}/sessions/S3/notes").text
    assert "Other words." in page
    assert "Corrected on" in page
    assert "A typing error" in page
