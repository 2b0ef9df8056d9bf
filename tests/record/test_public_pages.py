"""What the world reads of a record, how it is found, and what the lists cost."""

import re
from typing import Any

import pytest

from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import published
from tests.make_record import note


def test_the_number_of_queries_does_not_grow_with_the_notes(client: PageClient) -> None:
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
    with counted() as sent:
        client.get(address)
    return len(sent)


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
    published(meeting)
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


def test_a_long_record_is_read_page_by_page_and_loses_no_note(client: PageClient) -> None:
    """Every page asks as often as one note does, sessions follow the release, and a search keeps its words."""
    meeting = make.meeting()
    first = make.session(meeting, code="S2")
    note(first, state="published")
    published(meeting)
    address = f"/meetings/{meeting.slug}/outcomes"
    client.get(address)
    with counted() as few:
        client.get(address)
    later = make.session(meeting, code="S10", starts_at=first.ends_at)
    for session in (later, first):
        for _ in range(30):
            note(session, state="published", goals=(2,))
    published(meeting)
    client.get(address)  # which reads the new release
    with counted() as many:
        pages = [client.get(f"{address}?page={number}").text for number in (1, 2)]
    assert len(many) == 2 * len(few)
    found = [one for page in pages for one in re.findall(r'class="outcome" id="(S\d+-\d\d)"', page)]
    assert found == [f"S2-{n:02d}" for n in range(1, 32)] + [f"S10-{n:02d}" for n in range(1, 31)]
    assert "61 outcomes" in pages[0]
    asked = client.get(f"{address}?q=radio&goal=2").text
    assert "60 outcomes of 61" in asked and "?q=radio&amp;goal=2&amp;page=2" in asked
