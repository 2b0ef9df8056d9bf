"""A new SECRET_KEY, the old one among SECRET_KEY_FALLBACKS: what the old one opened stays open."""

import re

import pytest
from flask import Flask

from eventapp.badges.queries import bearer_by_entry_code
from eventapp.ground.security.tokens import hashed, hashes, made_of
from eventapp.registration.entry import entry_code, own_token
from tests import make
from tests.browserless import PageClient
from tests.people.test_sign_in import code_in, letter_to, link_in

NEW = "another-0123456789-abcdefghijklmnopqrstuvw"


def change_key(app: Flask, *, keep: bool = True) -> None:
    """The settings of an application that was started anew with another key."""
    before = [app.config["SECRET_KEY"]] if keep else []
    app.config.update(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=before, WTF_CSRF_SECRET_KEY=[*before, NEW])


@pytest.mark.parametrize(("keep", "status"), [(True, 200), (False, 302)])
def test_whoever_is_signed_in_stays_so(app: Flask, keep: bool, status: int) -> None:
    client = PageClient(app)
    client.sign_in(make.person())
    change_key(app, keep=keep)
    assert client.get("/account").status_code == status


def test_the_browser_in_use_is_still_known(app: Flask) -> None:
    client, other, person = PageClient(app), PageClient(app), make.person()
    client.sign_in(person)
    other.sign_in(person)
    change_key(app)
    assert "This browser" in client.get("/account").text
    client.post("/account/sign-ins/end")
    assert (client.get("/account").status_code, other.get("/account").status_code) == (200, 302)


def test_a_form_that_was_open_can_still_be_sent(app: Flask) -> None:
    client = PageClient(app)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
    assert token
    change_key(app)
    form = {"email": "ada@example.org", "csrf_token": token[1]}
    assert client.post("/sign-in", data=form, csrf=False).status_code == 303


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_letter_on_its_way_still_signs_in(app: Flask, way: str) -> None:
    client, person = PageClient(app), make.person()
    client.post("/sign-in", data={"email": person.email})
    letter = letter_to(person.email)
    change_key(app)
    form = {"email": person.email, "code": code_in(letter)}
    answer = client.post(link_in(letter)) if way == "link" else client.post("/sign-in/code", data=form)
    assert (answer.status_code, client.get("/account").status_code) == (303, 200)


def test_the_links_of_a_registration_and_its_code_stay_good(app: Flask) -> None:
    registration = make.registration(make.meeting(capacity=5))
    client, address, code = PageClient(app), f"/registrations/{own_token(registration)}", entry_code(registration)
    change_key(app)
    assert client.get(address).status_code == 200
    found = bearer_by_entry_code(registration.meeting_id, code)
    assert found and found.id == registration.id


def test_new_secrets_are_made_with_the_new_key(app: Flask) -> None:
    before, made = hashed("word"), made_of("door", "seed")
    change_key(app)
    assert (hashed("word") != before, hashes("word")[1] == before) == (True, True)
    assert (made_of("door", "seed")[0] != made[0], made_of("door", "seed")[1:]) == (True, made)
