"""The register of organizations: found by any name while typing, new names put in order, two merged and apart again."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.delegations.register.actions import leave, link, look_again, take_in
from eventapp.delegations.register.queries import new_names, uses_of
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.organizations.actions import Facts, add, change, merge, separate, shipped, take_in_shipped
from eventapp.organizations.models import Organization
from eventapp.organizations.queries import organization_called, suggestions
from eventapp.people.models import Person
from eventapp.registration.forms.organizations import ABBREVIATIONS, KNOWN
from eventapp.registration.models import Delegation, Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import asked
from tests.registration.filling import send, set_clock, typed

HERE = "/manage/organizations"
UNDP = "United Nations Development Programme"


@pytest.fixture
def root(app: Flask) -> Person:
    return make.administrator()


def kept(root: Person, name: str = UNDP, **facts: Any) -> Organization:
    french = {"fr": "Programme des Nations Unies pour le développement"}
    usual: dict[str, Any] = {"kind": "un", "abbreviation": "UNDP", "names": french}
    with transaction():
        return add(Facts(name, **{**usual, **facts}), by=root, at=TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "UNDP",
        "undp",
        UNDP.upper(),
        f"{UNDP} (UNDP)",
        f"UNDP ({UNDP})",
        "Programme des nations unies pour le developpement",
    ],
)
def test_any_name_means_the_organization(root: Person, words: str) -> None:
    kept(root)
    found = organization_called(words)
    assert found is not None and found.name == UNDP


@pytest.mark.parametrize("words", ["", "UND", f"{UNDP} (Bangkok)", "Ministry (UNDP)"])
def test_other_words_mean_none(root: Person, words: str) -> None:
    kept(root)
    assert organization_called(words) is None


def test_it_is_found_while_typing_by_any_of_its_names(client: PageClient, root: Person) -> None:
    kept(root)
    kept(root, "Universal Postal Union", abbreviation="UPU", names={})
    for words in ("undp", "develop", "développement", "DEVELOPPEMENT"):
        assert [one.name for one in suggestions(words)] == [UNDP]
    assert [one.name for one in suggestions("un")] == [UNDP, "Universal Postal Union"]
    assert suggestions("%") == suggestions("") == []
    answer = client.get("/organizations/suggestions?q=undp")
    assert answer.json == [{"name": UNDP, "found_by": "UNDP"}]


def test_whoever_types_a_name_comes_for_the_organization(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, root: Person
) -> None:
    made = kept(root, "Pacific Women", abbreviation="PWX", names={}, kind="ngo").id
    set_clock(monkeypatch, TODAY)
    meeting = make.meeting()
    category = make.category(meeting)
    for number, name in enumerate(("pwx", "Pacific Women (PWX)", "Somebody Else")):
        send(client, meeting, typed(category, email=f"a{number}@example.org", key=f"k{number}", delegation=name))
    found = db.session.execute(select(Delegation.name, Delegation.organization_id).order_by(Delegation.id))
    assert [tuple(one) for one in found] == [("Pacific Women", made), ("Somebody Else", None)]


def test_two_are_not_called_the_same(root: Person) -> None:
    one = kept(root)
    with pytest.raises(Refused, match="is a name of United Nations Development"), transaction():
        add(Facts("Another", "other", "undp"), by=root, at=TODAY)
    with transaction():
        change(one, Facts(UNDP, "un", "", other_names=("PNUD",)), one.version, by=root, at=TODAY)
    assert organization_called("undp") is None and organization_called("pnud") is one
    with pytest.raises(Refused, match="meanwhile"), transaction():
        change(one, Facts(UNDP, "un"), 1, by=root, at=TODAY)


def test_a_name_is_linked_and_the_words_stay(root: Person) -> None:
    one = kept(root)
    meeting = make.meeting()
    category = make.category(meeting)
    came = [asked(meeting, category, delegation=name) for name in ("U.N.D.P.", "U.N.D.P.", "Our Village")]
    assert [(row.name, row.people) for row in new_names(None)[0]] == [("U.N.D.P.", 2), ("Our Village", 1)]
    with transaction():
        assert link("u.n.d.p.", one, by=root, at=TODAY) == 1
    assert [row.name for row in new_names(None)[0]] == ["Our Village"]
    db.session.rollback()
    assert came[0].delegation.name == "U.N.D.P." and came[0].delegation.organization_id == one.id
    assert organization_called("u.n.d.p.") is one and uses_of(one) == (1, 1, 2)
    with pytest.raises(Refused, match="does not wait"), transaction():
        link("u.n.d.p.", one, by=root, at=TODAY)


def test_a_name_is_taken_in_or_left(root: Person) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    for name in ("Our Village", "Retired"):
        asked(meeting, category, delegation=name)
    with transaction():
        made = take_in("our village", "ngo", by=root, at=TODAY)
        leave("retired", by=root, at=TODAY)
    assert uses_of(made).people == 1 and not new_names(None)[0]
    with transaction():
        look_again("retired", by=root, at=TODAY)
    assert [row.name for row in new_names(None)[0]] == ["Retired"]


def test_merging_leads_there_and_is_taken_back(root: Person) -> None:
    one, other = kept(root), kept(root, "Programme of Development", abbreviation="PoD", names={})
    third = kept(root, "An older name", abbreviation="", names={})
    make.registration(make.meeting(), delegation=make.delegation(make.meeting(), organization_id=other.id))
    with transaction():
        merge(third, other.id, by=root, at=TODAY)
        merge(other, one.id, by=root, at=TODAY)
    assert [organization_called(name) for name in ("pod", "an older name")] == [one, one]
    assert uses_of(one).people == 1 and [found.name for found in suggestions("pod")] == [UNDP]
    with pytest.raises(Refused, match="Choose"), transaction():
        merge(other, one.id, by=root, at=TODAY)
    for _time in range(2):
        with transaction():
            separate(one, other.id, by=root, at=TODAY)
    assert organization_called("pod") is other and uses_of(one).people == 0
    verbs = list(db.session.scalars(select(Entry.verb).where(Entry.thing == "organization")))
    assert verbs.count("took a merger of organizations back") == 1


def test_what_ships_has_every_name_the_form_knew(root: Person) -> None:
    rows = shipped()
    assert {one.name for one in rows} >= set(KNOWN)
    assert {one.abbreviation for one in rows} >= set(ABBREVIATIONS)
    kept(root)
    with transaction():
        assert len(take_in_shipped(by=root, at=TODAY)) == len(rows) - 1
        assert take_in_shipped(by=root, at=TODAY) == []


def test_the_pages_of_the_register(client: PageClient, root: Person) -> None:
    client.sign_in(root)
    assert "The register is empty" in client.get(HERE).text
    facts = {"name": UNDP, "abbreviation": "UNDP", "kind": "un", "status": "", "other_names": "PNUD\n\nPNUD"}
    assert client.post(f"{HERE}/new", data={**facts, "name": ""}).status_code == 422
    assert client.post(f"{HERE}/new", data={**facts, "other_names": "x" * 201}).status_code == 422
    page = client.post(f"{HERE}/new", data=facts).location
    taken = client.post(f"{HERE}/new", data={**facts, "name": "Another"})
    assert taken.status_code == 409 and 'value="Another"' in taken.text
    assert client.post(page, data={**facts, "abbreviation": "U.N.D.P.", "version": "1"}).status_code == 303
    assert client.post(page, data={**facts, "version": "1"}).status_code == 409
    assert UNDP in client.get(f"{HERE}?q=pnud&kind=un").text
    assert "No organization fits" in client.get(f"{HERE}?q=nobody").text
    other = client.post(f"{HERE}/new", data={**facts, "name": "Second", "abbreviation": "", "other_names": ""}).location
    looked = client.post(f"{other}/merger", data={"into": "pnud"}).text
    assert f"Merge into {UNDP}" in looked
    assert client.post(f"{other}/merger", data={"into": ""}).status_code == 422
    unknown = client.post(f"{other}/merger", data={"into": "nobody"})
    assert unknown.status_code == 422 and 'id="into-error"' in unknown.text and 'value="nobody"' in unknown.text
    assert client.post(f"{other}/merger", data={"into": "nobody", "do": "merge"}).status_code == 409
    assert client.post(f"{other}/merger", data={"into": "pnud", "do": "merge"}).location == page
    assert client.get(other).status_code == 404 and "Take the merger back" in client.get(page).text
    client.post(f"{page}/merger/{other.rsplit('/', 1)[1]}/undo")
    assert client.get(other).status_code == 200


def test_the_pages_of_new_names(client: PageClient, root: Person) -> None:
    kept(root)
    meeting = make.meeting()
    category = make.category(meeting)
    for name in ("U.N.D.P.", "Our Village", "Retired"):
        asked(meeting, category, delegation=name)
    client.sign_in(root)
    assert "Our Village" in client.get(f"{HERE}/names").text
    assert client.get(f"{HERE}/name?of=nobody").location == f"{HERE}/names"
    assert "Leave as typed" in client.get(f"{HERE}/name?of=retired").text

    def act(of: str, do: str, **more: str) -> int:
        return client.post(f"{HERE}/name", data={"of": of, "do": do, **more}).status_code

    assert (act("u.n.d.p.", "link"), act("u.n.d.p.", "link", into="nobody")) == (422, 409)
    assert (
        act("u.n.d.p.", "link", into="undp") == act("our village", "take", kind="ngo") == act("retired", "leave") == 303
    )
    assert act("retired", "sing") == 400
    assert "No new name" in client.get(f"{HERE}/names?left=retired").text
    assert act("retired", "again") == 303
    assert "Retired" in client.get(f"{HERE}/names").text
    assert db.session.scalar(select(Registration.id).limit(1))


def test_delegations_that_are_there_are_linked_by_name(client: PageClient, root: Person) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    for name in ("Universal Postal Union", "Our Village", "Our Village Trust"):
        asked(meeting, category, delegation=name)
    client.sign_in(root)
    client.post(f"{HERE}/shipped")
    assert [row.name for row in new_names(None)[0]] == ["Our Village", "Our Village Trust"]
    facts = {"name": "OUR VILLAGE", "kind": "ngo", "status": "", "abbreviation": "", "other_names": ""}
    page = client.post(f"{HERE}/new", data=facts).location
    assert [row.name for row in new_names(None)[0]] == ["Our Village Trust"]
    client.post(page, data={**facts, "other_names": "Our village trust", "version": "1"})
    assert new_names(None)[0] == []
