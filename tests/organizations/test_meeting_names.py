"""Names of a meeting that are none of the register: guesses, what organizers take, propose and leave, and undo."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.delegations.names.actions import propose_for, take_for, wait_again
from eventapp.delegations.names.guesses import guesses
from eventapp.delegations.names.queries import number_waiting
from eventapp.desk.attention.lines import Look
from eventapp.desk.attention.people import unnamed
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.organizations.actions import Facts, add
from eventapp.organizations.models import Organization
from eventapp.organizations.queries import organization_called, suggestions
from eventapp.people.models import Person
from eventapp.registration.models import Delegation
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY

UNDP = "United Nations Development Programme"
VILLAGE = Facts("Our Village", "ngo", "OVI")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def organizer(meeting: Meeting) -> Person:
    return make.staff(meeting, ORGANIZER)


def kept(name: str = UNDP, abbreviation: str = "UNDP", **facts: Any) -> Organization:
    by = make.person("Root")
    with transaction():
        return add(Facts(name, "un", abbreviation, **facts), by=by, at=TODAY)


def waiting(meeting: Meeting, name: str) -> Delegation:
    return make.registration(meeting, delegation=make.delegation(meeting, name)).delegation


def verbs(thing: str) -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.thing == thing).order_by(Entry.id)))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("U.N.D.P.", "The same letters as “UNDP”."),
        ("UNDP Bangkok Regional Hub", "It has “UNDP” in it."),
        ("United Nations Developement Program", "Its initials are “UNDP”."),
        (
            "Development Programme of the United Nations",
            "It shares its words with “United Nations Development Programme”.",
        ),
        ("Union Nationale des Piroguiers", ""),
    ],
)
def test_what_a_name_likely_means_and_why(meeting: Meeting, typed: str, reason: str) -> None:
    kept()
    kept("Universal Postal Union", "UPU")
    assert [(one.organization.abbreviation, one.reason) for one in guesses(typed, meeting.id)] == (
        [("UNDP", reason)] if reason else []
    )


def test_a_slip_of_the_pen_is_a_reason(meeting: Meeting) -> None:
    kept("Microsoft", "")
    assert [one.reason for one in guesses("Micorsoft", meeting.id)] == ["Written nearly as “Microsoft”."]


def test_initials_are_a_reason(meeting: Meeting) -> None:
    kept("World Meteorological Organization", "", other_names=("OMM",))
    assert guesses("WMO", meeting.id)[0].reason == "The initials of “World Meteorological Organization”."
    assert guesses("Organisation Météorologique Mondiale", meeting.id)[0].reason == "Its initials are “OMM”."


def test_a_name_is_taken_in_this_meeting_only_and_back(meeting: Meeting, organizer: Person) -> None:
    undp, other = kept(), make.meeting()
    mine, elsewhere = waiting(meeting, "U.N.D.P."), waiting(other, "U.N.D.P.")
    with transaction():
        take_for(mine, undp, by=organizer, at=TODAY)
    assert (number_waiting(meeting), number_waiting(other)) == (0, 1)
    assert elsewhere.organization_id is None and organization_called("u.n.d.p.") is None
    with pytest.raises(Refused, match="does not wait"), transaction():
        take_for(mine, undp, by=organizer, at=TODAY)
    for _time in range(2):
        with transaction():
            wait_again(mine, by=organizer, at=TODAY)
    assert number_waiting(meeting) == 1 and organization_called("undp") is undp
    assert verbs("delegation").count("looks at a name again") == 1


def test_a_proposal_counts_in_its_meeting_at_once(meeting: Meeting, organizer: Person) -> None:
    other = make.meeting()
    mine = waiting(meeting, "Our vilage")
    with transaction():
        made = propose_for(mine, VILLAGE, by=organizer, at=TODAY)
    assert mine.organization_id == made.id and number_waiting(meeting) == 0
    for words in ("ovi", "our village", "our vilage"):
        assert organization_called(words, meeting.id) is made
        assert organization_called(words) is organization_called(words, other.id) is None
    assert [one.name for one in suggestions("ovi", meeting.id)] == ["Our Village"]
    assert suggestions("ovi") == suggestions("ovi", other.id) == []
    assert waiting(other, "Our Village").organization_id is None
    assert "proposed an organization" in verbs("organization")
    again = waiting(other, "OVI!")
    with pytest.raises(Refused, match="is a name of Our Village"), transaction():
        propose_for(again, VILLAGE, by=organizer, at=TODAY)


def test_what_was_proposed_for_one_name_goes_with_it(meeting: Meeting, organizer: Person) -> None:
    mine, second = waiting(meeting, "Our Village"), waiting(meeting, "OVI")
    with transaction():
        made = propose_for(mine, VILLAGE, by=organizer, at=TODAY)
    assert second.organization_id == made.id
    with transaction():
        wait_again(mine, by=organizer, at=TODAY)
    assert organization_called("ovi", meeting.id) is made
    with transaction():
        wait_again(second, by=organizer, at=TODAY)
    assert organization_called("ovi", meeting.id) is None and number_waiting(meeting) == 2
    with transaction():
        assert propose_for(mine, VILLAGE, by=organizer, at=TODAY).id != made.id


def test_today_counts_the_names_that_wait(meeting: Meeting) -> None:
    waiting(meeting, "Our Village")
    assert not list(unnamed(Look(meeting, TODAY, ())))
    kept()
    assert [line.what for line in unnamed(Look(meeting, TODAY, ()))] == ["1 name is no organization of the register"]


def test_the_pages_of_an_organizer(client: PageClient, meeting: Meeting, organizer: Person) -> None:
    kept()
    here = f"/meetings/{meeting.slug}/manage/delegations"
    first, second, third = (waiting(meeting, name) for name in ("U.N.D.P.", "Our Village", "Retired <b>"))
    client.sign_in(organizer)
    assert "Names to put in order 3" in client.get(here).text.replace("</a>", "")
    assert "Retired &lt;b&gt;" in client.get(f"{here}/names").text
    page = f"{here}/{first.id}/organization"
    assert "The same letters as “UNDP”" in client.get(page).text
    empty = client.post(page, data={"do": "take", "into": ""})
    unknown = client.post(page, data={"do": "take", "into": "nobody"})
    assert (empty.status_code, unknown.status_code) == (422, 409)
    assert 'id="into-error"' in empty.text and 'value="nobody"' in unknown.text
    assert client.post(page, data={"do": "sing"}).status_code == 400
    taken = client.post(page, data={"do": "take", "into": UNDP})
    assert taken.location == f"{here}/names?done={first.id}"
    shown = client.get(taken.location).text
    assert (
        "“U.N.D.P.” is United Nations Development Programme in this meeting." in shown and "organization/undo" in shown
    )
    assert client.get(page).location == f"{here}/{first.id}"
    assert client.post(f"{page}/undo").location == page and "waits again" in client.get(page).text

    page = f"{here}/{second.id}/organization"
    facts = {"do": "propose", "name": "", "abbreviation": "OVI", "kind": "ngo"}
    bad = client.post(page, data=facts)
    assert bad.status_code == 422 and 'value="OVI"' in bad.text
    same = client.post(page, data={**facts, "name": "UNDP"})
    assert same.status_code == 409 and "is a name of" in same.text
    assert client.post(page, data={**facts, "name": "Our Village"}).status_code == 303
    assert "Proposed" in client.get(f"{here}/{second.id}").text

    assert client.post(f"{here}/{third.id}/organization", data={"do": "leave"}).status_code == 303
    assert "It stays as it was typed." in client.get(f"{here}/{third.id}").text


def test_two_delegations_of_one_organization_are_offered_for_merging(
    client: PageClient, meeting: Meeting, organizer: Person
) -> None:
    undp = kept()
    one, other = waiting(meeting, UNDP), waiting(meeting, "U.N.D.P.")
    with transaction():
        take_for(other, undp, by=organizer, at=TODAY)
        take_for(one, undp, by=organizer, at=TODAY)
    client.sign_in(organizer)
    there = f"/meetings/{meeting.slug}/manage/delegations/{other.id}"
    assert f"{UNDP} is the same organization." in client.get(there).text
    assert client.post(f"{there}/merger", data={"into": one.id}).location.endswith(f"/{one.id}")


def test_an_administrator_confirms_or_drops_a_proposal(client: PageClient, meeting: Meeting, organizer: Person) -> None:
    mine = waiting(meeting, "Our vilage")
    elsewhere = waiting(make.meeting(), "Our Village")
    with transaction():
        made = propose_for(mine, VILLAGE, by=organizer, at=TODAY)
    client.sign_in(make.administrator())
    register = "/manage/organizations"
    assert "Our Village" in client.get(f"{register}?kind=proposed").text
    assert "counts in their meeting only" in client.get(f"{register}/{made.id}").text
    assert client.post(f"{register}/{made.id}/proposal", data={"do": "sing"}).status_code == 400

    dropped = client.post(f"{register}/{made.id}/proposal", data={"do": "drop"}).location
    assert "was dropped" in client.get(dropped).text and client.get(f"{register}/{made.id}").status_code == 404
    assert db.session.get_one(Delegation, mine.id, populate_existing=True).organization_id is None
    client.post(f"{register}/{made.id}/proposal/undo")
    assert db.session.get_one(Delegation, mine.id, populate_existing=True).organization_id == made.id

    client.post(f"{register}/{made.id}/proposal", data={"do": "confirm"})
    assert "counts in every meeting" in client.get(f"{register}?kind=proposed&done={made.id}").text
    assert organization_called("ovi") is not None
    assert db.session.get_one(Delegation, elsewhere.id, populate_existing=True).organization_id == made.id
    assert "counts in their meeting only" not in client.get(f"{register}/{made.id}").text
    assert (
        "is confirmed already"
        in client.get(client.post(f"{register}/{made.id}/proposal", data={"do": "drop"}).location).text
    )
    client.post(f"{register}/{made.id}/proposal/undo")
    assert organization_called("ovi") is None
    client.post("/manage/organizations/999/proposal/undo")
    assert "There is no such proposal." in client.get(register).text
