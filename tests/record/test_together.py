"""Two rapporteurs in one session see what the other saved, and that the other writes."""

from datetime import timedelta
from typing import Any

import pytest

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.people.models import Person
from eventapp.presence.actions import arrive
from tests import make
from tests.browserless import PageClient
from tests.make_record import note

ASKS = {"X-Fetched-By": "draft-form"}


@pytest.fixture(autouse=True)
def parts_of_pages(client: PageClient) -> None:
    """What the script asks for is a part of a page."""
    client.lint = False


def typing(session: Session, person: Person, seconds: int = -60, **facts: Any) -> Draft:
    """A text that this person kept so many seconds ago; just now is a minute ahead, for a machine that stands still."""
    at = now() - timedelta(seconds=seconds)
    defaults: dict[str, Any] = {"kind": "note", "content": {"text": "Prices"}, "created_at": at, "updated_at": at}
    return make.kept(Draft(scope_id=session.id, person_id=person.id, **{**defaults, **facts}))


def test_what_another_saved_is_told_by_another_mark_and_fetched_as_a_list(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    session = make.session(meeting, code="S2")
    here = f"/meetings/{meeting.slug}/record/S2"

    first = client.get(f"{here}/presence")
    same = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{here}/presence", headers=same).status_code == 304

    note(session, "Prices fall.", by=make.person("Arjun Prasad"))
    second = client.get(f"{here}/presence", headers=same)
    assert second.status_code == 200
    assert second.get_json()["mark"] != first.get_json()["mark"]
    listed = client.get(f"{here}/list", headers=ASKS)
    assert "Prices fall." in listed.text
    assert 'data-heading="1 note in this session"' in listed.text
    assert f'data-mark="{second.get_json()["mark"]}"' in listed.text


def test_who_writes_is_named_while_they_write_and_not_to_themselves(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S2")
    reader, other, third = make.staff(meeting, RAPPORTEUR), make.person("Arjun Prasad"), make.person("Li Wenjing")
    typing(session, reader)
    typing(session, other, key="one")
    typing(session, third, 11)
    typing(session, third, discarded_at=now(), key="gone")
    typing(make.session(meeting), third, key="elsewhere")
    client.sign_in(reader)

    def people() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"/meetings/{meeting.slug}/record/S2/presence").get_json()["people"]
        return found

    assert people() == [{"name": "Arjun Prasad", "part": None, "writes": ["note-0"]}]
    assert client.post(f"/meetings/{meeting.slug}/record/S2/presence").status_code == 204
    assert len(people()) == 1
    with transaction():
        arrive("session", session.id, None, by=third, at=now())
    assert people()[1:] == [{"name": "Li Wenjing", "part": None, "writes": []}]


def test_only_who_records_may_ask_and_a_browser_is_led_to_the_screen(client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting, code="S2")
    here = f"/meetings/{meeting.slug}/record/S2"
    client.sign_in(make.person("A visitor"))
    assert client.get(f"{here}/presence").status_code == client.post(f"{here}/presence").status_code == 404
    assert client.get(f"{here}/list", headers=ASKS).status_code == 404
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"{here}/list").headers["Location"] == here


def test_the_address_of_the_sessions_may_end_in_a_slash(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"/meetings/{meeting.slug}/record/").status_code == 200
