import re

import pytest
from flask import Flask, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from config import ROOT
from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.web.access import for_anyone, for_link_holder
from eventapp.ground.web.pages import asset
from tests import make
from tests.browserless import PageClient


@for_anyone
def refuse() -> ResponseReturnValue:
    raise Refused("The last seat was taken. Join the waiting list.")


@for_anyone
def break_down() -> ResponseReturnValue:
    raise ZeroDivisionError


@for_anyone
def stop(code: int) -> ResponseReturnValue:
    abort(code)


@pytest.fixture
def visitor(fresh_app: Flask, client: PageClient) -> PageClient:
    """Somebody who meets every kind of no."""
    fresh_app.config["PROPAGATE_EXCEPTIONS"] = False
    fresh_app.add_url_rule("/refuse", "refuse", refuse)
    fresh_app.add_url_rule("/refuse.json", "refuse_json", refuse)
    fresh_app.add_url_rule("/break", "break", break_down)
    fresh_app.add_url_rule("/api/v1/break", "break_json", break_down)
    fresh_app.add_url_rule("/stop/<int:code>", "stop", stop)
    return client


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/stop/401", 404, "Page not found"),
        ("/stop/403", 404, "Page not found"),
        ("/stop/400", 400, "We could not read what was sent"),
        ("/stop/413", 413, "The file is too large"),
        ("/stop/429", 429, "Too many tries"),
        ("/stop/503", 503, "We are busy for a moment"),
        ("/stop/502", 502, "Something broke on our side"),
        ("/refuse", 409, "This could not be done"),
        ("/break", 500, "Something broke on our side"),
    ],
)
def test_every_no_has_a_page(visitor: PageClient, path: str, status: int, heading: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert f"<h1>{heading}</h1>" in answer.text


def test_a_wrong_method_says_which_are_right(client: PageClient) -> None:
    answer = client.put("/sign-in")
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/meetings/spring/registration", "/meetings/spring/registration/new"),
        ("/meetings/spring/manage/settings/publication/address", "/meetings/spring/manage/settings/publication"),
        ("/registrations/made-up/withdrawal/undo", "/registrations/made-up/withdrawal"),
        ("/sign-out", "/"),
    ],
)
def test_whoever_comes_back_to_the_address_of_a_form_is_led_to_it(client: PageClient, address: str, near: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert "<h1>Open the form again</h1>" in answer.text
    assert f'<a class="btn" href="{near}">' in answer.text


def test_a_broken_page_shares_its_reference_with_the_log(visitor: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    page = visitor.get("/break").text
    reference = caplog.records[-1].getMessage().rpartition(" ")[2]
    assert f'<b class="num">{reference}</b>' in page


@pytest.mark.usefixtures("fresh_app")
def test_the_log_of_a_broken_page_keeps_what_is_secret_and_private(
    app: Flask, client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/private/<token>")
    @for_link_holder
    def private(token: str) -> str:
        db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": token.upper()})
        return token

    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get("/private/open-sesame").status_code in (500, 503)
    assert "/private/<token>" in caplog.text and "nowhere" in caplog.text
    assert "sesame" not in caplog.text.lower()


def test_a_refusal_is_told_in_its_own_words(visitor: PageClient) -> None:
    assert "The last seat was taken. Join the waiting list." in visitor.get("/refuse").text


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nowhere.json", 404, "Not Found"),
        ("/api/v1/nowhere", 404, "Not Found"),
        ("/refuse.json", 409, "Conflict"),
        ("/api/v1/break", 500, "Internal Server Error"),
    ],
)
def test_what_asks_for_json_is_told_in_json(visitor: PageClient, path: str, status: int, title: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json(force=True)["title"] == title
    assert answer.get_json(force=True)["status"] == status


def test_a_named_file_is_kept_for_a_year(app: Flask, client: PageClient) -> None:
    with app.test_request_context():
        address = asset("house/tokens.css")
    with client.get(address) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_without_its_name_is_asked_about_again(client: PageClient) -> None:
    with client.get("/static/house/tokens.css") as answer:
        assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("address", "asked", "status"),
    [
        ("/static/house/no.css?v=1", {}, 404),
        ("/static/house/no.css", {}, 404),
        ("/static/house/base.css?v=1", {"Range": "bytes=99999999-"}, 416),
        ("/static/house/base.css?v=1&x=%ff", {}, 400),
    ],
)
def test_the_page_that_a_file_is_not_there_is_nobodys_to_keep(
    client: PageClient, address: str, asked: dict[str, str], status: int
) -> None:
    client.sign_in(make.person("Ada Lovelace"))
    answer = client.get(address, headers=asked)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store, private")  # it has her name


def test_a_page_prints_only_the_icons_it_uses(app: Flask, client: PageClient) -> None:
    app.config["DEVELOPMENT"] = True
    assert client.get("/parts").text.count("<symbol") == 23
    assert client.get("/privacy").text.count("<symbol") == 0


def test_the_page_of_parts_is_not_for_the_public(client: PageClient) -> None:
    assert client.get("/parts").status_code == 404


def test_the_page_of_a_form_with_faults_begins_with_the_word(client: PageClient) -> None:
    page = client.post("/sign-in", data={"email": ""}).text
    assert "<title>Error: Sign in – Meetings</title>" in page
    assert '<a href="#email">' in page


def test_style_sheets_travel_compressed_and_are_known_again(client: PageClient) -> None:
    path = "/static/house/parts.css"
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br"})

    assert (plain.headers.get("Content-Encoding"), packed.headers.get("Content-Encoding")) == (None, "br")
    assert len(packed.data) * 3 < len(plain.data)
    known = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": packed.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


def test_a_character_no_page_may_hold_is_shown_in_its_field(client: PageClient) -> None:
    page = client.post("/sign-in", data={"email": "ada\x0b@example.org", "next": "/\ufffe"}).text
    assert 'value="ada\ufffd@example.org"' in page and 'value="/\ufffd"' in page


def test_a_field_of_several_lines_is_shown_as_it_is(app: Flask, client: PageClient) -> None:
    app.config["DEVELOPMENT"] = True
    page = client.get("/parts").text
    assert "</textarea>" in page and "\ufffd" not in page


def test_every_page_that_a_template_leads_to_is_there(app: Flask) -> None:
    """A name that no page has any more would break the page that leads there, where somebody gets as far as that."""
    named = re.compile(r"\b(?:url_for|opens)\(\s*'(\w+\.\w+)'")
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    found = {(page.name, one) for page in pages for one in named.findall(page.read_text("utf-8"))}
    assert len(found) > 250
    assert {(page, one) for page, one in found if one not in app.view_functions} == set()


def test_what_was_just_done_is_told_once_on_whatever_page_comes_next(client: PageClient) -> None:
    client.sign_in(make.person())
    with client.session_transaction() as session:
        session["_flashes"] = [("ok", "It is done <now>.")]
    told = '<div class="note ok" role="status"><p>It is done &lt;now&gt;.</p></div>'
    assert told in client.get("/privacy").text
    assert told not in client.get("/privacy").text


def test_templates_leave_what_was_just_done_to_the_layout() -> None:
    own = {"registration/index.html", "review/edit.html"}  # these two say what may be done about it
    own |= {"registration/offers/index.html", "delegations/names/index.html", "organizations/index.html"}  # likewise
    own.add("_parts/flashed.html")  # for the layout, and for pages of a link, where nobody is signed in
    pages = (ROOT / "templates").rglob("*.html")
    asking = {page.relative_to(ROOT / "templates").as_posix() for page in pages if "get_flashed" in page.read_text()}
    assert asking == own
