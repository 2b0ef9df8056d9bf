"""What the world reads of a record, how it is found, and what the lists cost."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from eventapp.db import db
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from tests import make
from tests.browserless import PageClient
from tests.make_outcomes import note


def test_the_number_of_queries_does_not_grow_with_the_notes(client: PageClient, app: Flask) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    note(session)
    one = queries_of(client, address)
    for _ in range(3):
        note(session, role_id=make.role(session).id)
    assert queries_of(client, address) == one


def queries_of(client: PageClient, address: str) -> int:
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    client.get(address)
    return len(seen)


def test_the_world_reads_published_notes_only(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    texts: dict[str, dict[str, Any]] = {
        "This is published.": {"state": "published", "speaker": "Samira Haddad", "organization": "ITU"},
        "This is approved.": {"state": "approved"},
        "This is a draft.": {},
        "This is off the record.": {"state": "published", "off_record": True},
    }
    for text, facts in texts.items():
        note(session, text, **facts)
    for address in (f"/meetings/{meeting.slug}/outcomes", f"/meetings/{meeting.slug}/sessions/{session.code}/notes"):
        page = client.get(address).text
        assert ("published" in page, "approved." in page, "a draft" in page, "off the record" in page) == (
            True,
            False,
            False,
            False,
        )
        assert ("ITU" in page, "Samira" in page) == (True, False)
    assert client.get(f"/meetings/{meeting.slug}/sessions/nothing/notes").status_code == 404


def test_an_unpublished_meeting_shows_no_outcomes(client: PageClient) -> None:
    meeting = make.meeting(published_at=None)
    assert client.get(f"/meetings/{meeting.slug}/outcomes").status_code == 404


def test_outcomes_are_found_in_any_script_and_by_their_tags(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    note(session, "วิทยุชุมชนเข้าถึงเกษตรกร", state="published", goals=(2,), language="th")
    note(session, "Écoles reliées au réseau.", state="published", kind="challenge", action_lines=("C7-ELEA",))
    note(session, "A source nobody names.", state="published", organization="ITU", ceiling="nobody")
    address = f"/meetings/{meeting.slug}/outcomes"

    def found(question: str) -> list[str]:
        return re.findall(r'class="outcome" id="(S3-\d\d)"', client.get(f"{address}?{question}").text)

    assert found("") == found("kind=rumour&line=C99&goal=99") == ["S3-01", "S3-02", "S3-03"]
    assert found("q=ชุมชน") == found("goal=2") == ["S3-01"]
    assert found("q=ecoles") == found("q=RÉSEAU") == found("kind=challenge") == found("line=C7-ELEA") == ["S3-02"]
    assert found("q=s3-03+nobody") == ["S3-03"]
    assert found("q=ITU") == []


@pytest.mark.parametrize("page", ["record", "manage/outcomes", "outcomes"])
def test_lists_cost_the_same_for_one_note_and_for_many(client: PageClient, page: str) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, ORGANIZER))

    def more() -> None:
        session = make.session(meeting)
        for state in ("submitted", "published"):
            note(session, state=state, role_id=make.role(session).id)

    address = f"/meetings/{meeting.slug}/{page}"
    more()
    client.get(address)
    one = queries_of(client, address)
    for _ in range(3):
        more()
    assert queries_of(client, address) == one
