"""The second factor: what passes, what does not, and that nothing of an account is open before it was given."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.home.registration.everything import all_about
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.people.models import Person, SignIn
from eventapp.people.second_factor import views
from eventapp.people.second_factor.actions import add_passkey
from eventapp.people.second_factor.ceremony import Place
from eventapp.people.second_factor.models import Passkey, RecoveryCode
from tests import make
from tests.browserless import PageClient
from tests.people.passkeys import PRESENT, SoftPasskey, challenge_in, with_passkey


@pytest.fixture
def person() -> Person:
    return make.person("Anong Suksawat")


@pytest.fixture
def other(app: Flask) -> PageClient:
    """A second browser."""
    return PageClient(app, app.response_class)


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def subjects() -> list[str]:
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


def options(client: PageClient) -> dict[str, Any]:
    return dict(client.post("/sign-in/second/options").get_json())


def used(client: PageClient, answer: str) -> int:
    return client.post("/sign-in/second/passkey", data={"answer": answer}).status_code


def recovered(client: PageClient, code: str) -> int:
    return client.post("/sign-in/second/recovery-code", data={"code": code}).status_code


def test_who_has_a_passkey_is_a_visitor_until_it_is_used(client: PageClient, other: PageClient, person: Person) -> None:
    key, _codes = with_passkey(client, person)
    assert client.get("/account").status_code == 200  # this browser gave it just now
    other.sign_in(person)
    assert other.get("/account").location.startswith("/sign-in/second?next=/account")
    assert other.get("/sign-in/second?next=/account").status_code == 200
    for path in ("/account/sign-ins/end", "/account/devices/passkeys", "/account/devices/recovery-codes", "/sign-out"):
        assert other.post(path).status_code == 404
    assert other.get("/account/devices").status_code == 302
    answer = other.post("/sign-in/second/passkey", data={"answer": key.use(options(other))})
    assert (answer.status_code, answer.location) == (303, "/account")
    page = other.get("/account/devices").text
    assert "My phone" in page and "last used on" in page and "(UTC)" in page
    assert "10 codes are left." in page
    assert subjects() == ["Your second factor for signing in has changed"] * 2  # the passkey, and the codes


def test_passing_gives_the_browser_a_secret_that_nobody_knew(
    client: PageClient, other: PageClient, person: Person
) -> None:
    key, _codes = with_passkey(client, person)
    other.sign_in(person)
    with other.session_transaction() as session:
        before = session["_user_id"]
    assert used(other, key.use(options(other))) == 303
    with other.session_transaction() as session:
        session["_user_id"], after = before, session["_user_id"]
    assert before != after
    assert other.get("/account").status_code == 302


def wrong_site(key: SoftPasskey) -> None:
    key.origin = "https://meetings.example.net"


def wrong_host(key: SoftPasskey) -> None:
    key.host = "example.net"


def unverified(key: SoftPasskey) -> None:
    key.flags = PRESENT


def counted_back(key: SoftPasskey) -> None:
    key.counts = 1


def other_key(key: SoftPasskey) -> None:
    key.key = SoftPasskey().key


@pytest.mark.parametrize("spoil", [wrong_site, wrong_host, unverified, counted_back, other_key])
def test_a_wrong_answer_is_refused_and_spends_the_challenge(
    client: PageClient, other: PageClient, person: Person, spoil: Callable[[SoftPasskey], None]
) -> None:
    key, _codes = with_passkey(client, person)
    other.sign_in(person)
    asked, right = options(other), vars(key).copy()
    spoil(key)
    assert used(other, key.use(asked)) == 422
    vars(key).update(right)
    assert used(other, key.use(asked)) == 422  # the same challenge again
    assert other.get("/account").status_code == 302
    key.counts += 5
    assert used(other, key.use(options(other))) == 303
    assert verbs().count("refused second factor") == 2


def test_a_challenge_is_of_one_browser_and_of_five_minutes(
    client: PageClient, other: PageClient, person: Person, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _codes = with_passkey(client, person)
    third = PageClient(app, app.response_class)
    for browser in (other, third):
        browser.sign_in(person)
    asked = options(other)
    options(third)
    assert used(third, key.use(asked)) == 422  # asked of another browser
    assert len(challenge_in(asked)) == 32
    later = now() + timedelta(minutes=5)
    monkeypatch.setattr(views, "now", lambda: later)
    assert used(other, key.use(asked)) == 422
    assert used(other, key.use(options(other))) == 303


@pytest.mark.parametrize(
    "answer", ["", "{", "[" * 20_000, "null", "{}", '{"id": 5}', '{"id": "a\\u0000"}', "x" * 30_000]
)
def test_an_answer_that_somebody_made_up_is_no_fault_of_ours(
    client: PageClient, other: PageClient, person: Person, answer: str
) -> None:
    with_passkey(client, person)
    other.sign_in(person)
    options(other)
    assert used(other, answer) == 422
    client.post("/account/devices/options")
    assert client.post("/account/devices/passkeys", data={"name": "X", "answer": answer}).status_code == 422


def test_parts_of_an_answer_that_are_bent_are_refused(client: PageClient, other: PageClient, person: Person) -> None:
    key, _codes = with_passkey(client, person)
    other.sign_in(person)
    for at in range(20, 500, 60):
        answer = key.use(options(other))
        db.session.rollback()
        bent = answer[:at] + chr((ord(answer[at]) - 40) % 80 + 41) + answer[at + 1 :]
        assert used(other, bent) in (422, 429)
    assert other.get("/account").status_code == 302


def test_a_recovery_code_passes_once_and_the_rest_are_counted(
    client: PageClient, other: PageClient, person: Person
) -> None:
    _key, codes = with_passkey(client, person)
    assert len(set(codes)) == 10
    assert not set(codes) & {one.code_hash for one in db.session.scalars(select(RecoveryCode))}
    other.sign_in(person)
    assert recovered(other, "00000-00000") == 422
    assert recovered(other, f" {codes[3].lower().replace('-', ' ')} ") == 303
    assert "9 codes are left." in other.get("/account/devices").text
    assert "used last on" in other.get("/account/devices").text
    client.post("/sign-out")
    client.sign_in(person)
    assert recovered(client, codes[3]) == 422
    text = db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first()
    assert "A recovery code was used to sign in. You have 9 left." in str(text)


def test_new_codes_replace_the_old(client: PageClient, other: PageClient, person: Person) -> None:
    _key, old = with_passkey(client, person)
    page = client.post("/account/devices/recovery-codes").text
    new = [line.split("</code>")[0] for line in page.split("<code>")[1:]]
    assert len(new) == 10 and not set(new) & set(old)
    assert new[0] not in client.get("/account/devices").text
    other.sign_in(person)
    assert recovered(other, old[0]) == 422
    assert recovered(other, new[0]) == 303


def test_without_a_passkey_there_are_no_codes(client: PageClient, person: Person) -> None:
    client.sign_in(person)
    assert client.post("/account/devices/recovery-codes").status_code == 409


def test_tries_are_limited_where_they_are_made(
    client: PageClient, other: PageClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At one moment: a count that begins anew with the quarter of an hour would let the last through now and then."""
    at = now()
    monkeypatch.setattr(views, "now", lambda: at)
    _key, codes = with_passkey(client, person)
    other.sign_in(person)
    answers = [recovered(other, "00000-00000") for _try in range(10)]
    assert answers == [422] * 9 + [429]  # adding the passkey was one
    assert recovered(other, codes[0]) == 429


def test_the_same_passkey_is_not_added_twice(client: PageClient, person: Person) -> None:
    key, _codes = with_passkey(client, person)
    asked = client.post("/account/devices/options").get_json()
    assert asked["excludeCredentials"][0]["id"]
    answer = client.post("/account/devices/passkeys", data={"name": "Again", "answer": key.add(asked)})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Passkey)) == 1


def test_a_passkey_is_named_and_removed_and_a_letter_tells(
    client: PageClient, other: PageClient, person: Person
) -> None:
    with_passkey(client, person)
    number = db.session.scalar(select(Passkey.id))
    assert client.post(f"/account/devices/passkeys/{number}/name", data={"name": " "}).status_code == 422
    assert client.post(f"/account/devices/passkeys/{number}/name", data={"name": "Blue key"}).status_code == 303
    assert "Blue key" in client.get("/account/devices").text
    stranger = other.sign_in(make.person("Ben Okafor"))
    assert stranger.post(f"/account/devices/passkeys/{number}/name", data={"name": "Mine"}).status_code == 409
    assert stranger.post(f"/account/devices/passkeys/{number}/remove").status_code == 409
    assert client.post(f"/account/devices/passkeys/{number}/remove").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert "A passkey was removed from your account: Blue key." in str(
        db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first()
    )
    assert verbs()[-2:] == ["named passkey", "removed passkey"]
    other.sign_in(person)
    assert other.get("/account").status_code == 200  # a mailed link alone signs in again


@pytest.fixture
def required(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "REQUIRE_SECOND_FACTOR", True)


@pytest.mark.usefixtures("required")
def test_who_has_to_have_one_is_led_to_the_page_that_adds_it(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    organizer = make.staff(meeting, ORGANIZER)
    client.sign_in(organizer)
    assert client.get("/meetings/spring/manage/").location == "/sign-in/second?next=/meetings/spring/manage/"
    assert client.get("/sign-in/second?next=/meetings/spring/manage/").location == "/account/devices"
    assert "Add a passkey to go on." in client.get("/account/devices").text
    assert client.get("/account").status_code == 302
    assert client.post("/meetings/spring/manage/state", data={}).status_code == 404
    key = SoftPasskey()
    asked = client.post("/account/devices/options").get_json()
    answer = client.post("/account/devices/passkeys", data={"name": "Key", "answer": key.add(asked)})
    assert 'href="/meetings/spring/manage/"' in answer.text
    assert client.get("/meetings/spring/manage/").status_code == 200
    number = db.session.scalar(select(Passkey.id))
    refused = client.post(f"/account/devices/passkeys/{number}/remove")
    assert refused.status_code == 409 and "Add another passkey before you remove this one." in refused.text


@pytest.mark.usefixtures("required")
def test_of_others_none_is_asked(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    assert client.sign_in(make.staff(meeting, RAPPORTEUR)).get("/account").status_code == 200


@pytest.mark.usefixtures("required")
def test_an_administrator_needs_one_too(client: PageClient) -> None:
    assert client.sign_in(make.administrator()).get("/manage/people").status_code == 302


@pytest.mark.usefixtures("required")
def test_so_does_who_organizes_every_meeting_of_a_body_as_long_as_that_lasts(client: PageClient) -> None:
    root, ada = make.administrator(), make.person("Ada Byron")
    row = make.kept(BodyOrganizer(code="cict", person_id=ada.id, granted_at=make.TODAY, granted_by_id=root.id))
    client.sign_in(ada)
    assert client.get("/account").status_code == 302
    with transaction():
        row.ended_at = make.TODAY
    assert client.get("/account").status_code == 200


def test_who_has_not_given_it_adds_no_other(client: PageClient, other: PageClient, person: Person) -> None:
    """The page that sets one up was open in a second browser when the owner added theirs: refused under the lock."""
    with_passkey(client, person)
    other.sign_in(person)
    sign_in = db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    assert sign_in
    with pytest.raises(Refused, match="Give your second factor first"), transaction():
        add_passkey(sign_in, "", "Mine", Place.at("http://localhost"), at=make.TODAY)


def test_an_administrator_takes_a_lost_one_away(client: PageClient, other: PageClient, person: Person) -> None:
    with_passkey(client, person)
    admin = other.sign_in(make.administrator())
    path = f"/manage/people/{person.id}"
    page = admin.get(path).text
    assert "1 passkey" in page and "10 recovery codes left" in page
    assert admin.post(f"{path}/second-factor", data={"reason": " "}).status_code == 422
    assert admin.post(f"{path}/second-factor", data={"reason": "Came to the desk with a passport"}).status_code == 303
    assert admin.post(f"{path}/second-factor", data={"reason": "Again"}).status_code == 409
    assert client.get("/account").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(SignIn).where(SignIn.person_id == person.id)) == 1
    entry = db.session.scalars(select(Entry).where(Entry.verb == "reset second factor")).one()
    assert entry.detail["reason"] == "Came to the desk with a passport" and entry.by_name
    assert "Came to the desk with a passport" in str(
        db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first()
    )
    assert "reset second factor" in admin.get(path).text


def test_the_command_does_the_same(client: PageClient, app: Flask, person: Person) -> None:
    with_passkey(client, person)
    run = app.test_cli_runner().invoke
    assert run(args=["people", "reset-second-factor", person.email, "--reason", " "]).exit_code == 1
    answer = run(args=["people", "reset-second-factor", person.email, "--reason", "Known by telephone"])
    assert (answer.exit_code, answer.output.startswith("The passkeys and recovery codes of Anong")) == (0, True)
    assert client.get("/account").status_code == 302


def test_nobody_takes_their_own_away_so(client: PageClient) -> None:
    admin = make.administrator()
    with_passkey(client, admin)
    assert client.post(f"/manage/people/{admin.id}/second-factor", data={"reason": "x"}).status_code == 409


def test_whose_account_is_ended_gives_none(client: PageClient, other: PageClient, person: Person) -> None:
    key, _codes = with_passkey(client, person)
    other.sign_in(person)
    asked = options(other)
    db.session.execute(update(Person).where(Person.id == person.id).values(disabled_at=make.TODAY))
    db.session.commit()
    assert used(other, key.use(asked)) == 404


def test_what_one_takes_along_names_them(client: PageClient, person: Person) -> None:
    with_passkey(client, person)
    registration = make.registration(make.meeting(), person=person)
    taken = all_about(registration)
    assert [one["name"] for one in taken["passkeys"]] == ["My phone"]
    assert (taken["recovery_codes"]["left"], taken["sign_ins"][0]["second_at"] is not None) == (10, True)
    assert "credential" not in str(taken)
