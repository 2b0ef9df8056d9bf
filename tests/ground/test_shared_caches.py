"""What an answer needs so that a shared cache may keep it, each thing by itself."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask, Response, abort, flash, g, make_response, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from eventapp.ground.web.access import for_anyone, for_link_holder
from eventapp.ground.web.requests.shared_caches import SHARED, made_of, same_for_visitors
from tests import make
from tests.browserless import PageClient

PAGE = '<!doctype html><html lang="en"><title>Words</title><main>Words</main></html>'


@for_anyone
@same_for_visitors
def words() -> ResponseReturnValue:
    made_of(7, 3)
    return PAGE


@for_anyone
@same_for_visitors
def without_version() -> ResponseReturnValue:
    return PAGE


@for_anyone
def unmarked() -> ResponseReturnValue:
    return PAGE


@for_anyone
@same_for_visitors
def with_token() -> ResponseReturnValue:
    return f"{PAGE}<!-- {generate_csrf()} -->"


@for_anyone
@same_for_visitors
def with_flash() -> ResponseReturnValue:
    flash("Saved.", "ok")
    return PAGE


@for_anyone
@same_for_visitors
def with_cookie() -> ResponseReturnValue:
    answer = make_response(PAGE)
    answer.set_cookie("seen", "yes")
    return answer


@for_anyone
@same_for_visitors
def with_session() -> ResponseReturnValue:
    session["seen"] = True
    return PAGE


@for_anyone
@same_for_visitors
def own_rule() -> ResponseReturnValue:
    return PAGE, {"Cache-Control": "private, no-cache"}


@for_anyone
@same_for_visitors
def in_parts() -> ResponseReturnValue:
    def parts() -> Iterator[str]:
        yield PAGE

    return Response(parts())


@for_anyone
@same_for_visitors
def missing() -> ResponseReturnValue:
    abort(404)


@for_anyone
@same_for_visitors
def refused() -> ResponseReturnValue:
    return PAGE, 422


@for_link_holder
@same_for_visitors
def secret() -> ResponseReturnValue:
    return PAGE


VIEWS = (
    words,
    without_version,
    unmarked,
    with_token,
    with_flash,
    with_cookie,
    with_session,
    own_rule,
    in_parts,
    missing,
    refused,
    secret,
)


@pytest.fixture
def visitor(fresh_app: Flask) -> PageClient:
    for view in VIEWS:
        fresh_app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["GET", "POST"])
    client = fresh_app.test_client()
    assert isinstance(client, PageClient)
    client.lint = False
    return client


def is_shared(answer: TestResponse) -> bool:
    return "s-maxage" in answer.headers["Cache-Control"] or "public" in answer.headers["Cache-Control"]


def test_a_page_that_says_so_may_be_kept(visitor: PageClient) -> None:
    answer = visitor.get("/words")
    assert answer.headers["Cache-Control"] == SHARED and "Set-Cookie" not in answer.headers
    assert answer.vary.as_set() == {"accept-language", "cookie", "accept-encoding"}
    assert re.fullmatch(r'"7\.3-[0-9a-f]{24}"', answer.headers["ETag"])
    assert re.fullmatch(r'"[0-9a-f]{24}"', visitor.get("/without_version").headers["ETag"])
    visitor.set_cookie("language", "fr")
    assert is_shared(visitor.get("/words"))


def test_such_an_answer_does_not_name_the_request_that_it_was_made_for(visitor: PageClient) -> None:
    assert "X-Request-Id" not in visitor.get("/words").headers
    assert "X-Request-Id" in visitor.get("/unmarked").headers


def test_a_head_says_the_same_and_a_known_page_is_304(visitor: PageClient) -> None:
    for path, coding in product(("/words", "/privacy"), ("identity", "gzip", "br")):
        asked = {"Accept-Encoding": coding}
        page, head = visitor.get(path, headers=asked), visitor.head(path, headers=asked)
        told = [(name, value) for name, value in page.headers if name != "Date"]
        assert ([one for one in head.headers if one[0] != "Date"], head.data) == (told, b"")
        tag = page.headers["ETag"]
        for again in (tag, f'"other", {tag}'):
            for ask in (visitor.get, visitor.head):
                known = ask(path, headers={**asked, "If-None-Match": again})
                assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", tag)
                assert known.headers["Cache-Control"] == SHARED
                assert known.vary.as_set() == {"accept-language", "cookie", "accept-encoding"}
        assert visitor.get(path, headers={**asked, "If-None-Match": '"other"'}).status_code == 200


def test_no_other_page_may_be_kept(visitor: PageClient) -> None:
    others = [view.__name__ for view in VIEWS if view not in (words, without_version)]
    for ask in (visitor.get, visitor.head):
        for name in others:
            for cookie in ("session", "seen"):  # what one hands out must not excuse the next
                visitor.delete_cookie(cookie)
            assert is_shared(ask("/words")) and not is_shared(ask(f"/{name}")), name


def test_who_may_be_known_gets_a_page_for_them_alone(visitor: PageClient) -> None:
    for cookies in (
        {"session": "anything"},
        {"language": "fr", "session": "anything"},
        {"remember_token": "anything"},
        {"browser": "anything"},
    ):
        for name, value in cookies.items():
            visitor.set_cookie(name, value)
        assert not is_shared(visitor.get("/words")), cookies
        for name in cookies:
            visitor.delete_cookie(name)
        assert is_shared(visitor.get("/words"))


def test_a_program_that_shows_a_key_gets_a_page_for_it_alone(visitor: PageClient) -> None:
    assert not is_shared(visitor.get("/words", headers={"Authorization": "Bearer anything"}))


def test_who_has_signed_in_or_out_gets_a_page_for_them_alone(visitor: PageClient) -> None:
    session = visitor.sign_in(make.person("Chen Li")).get_cookie("session")
    assert session and not is_shared(visitor.get("/words"))
    visitor.post("/sign-out")
    assert is_shared(visitor.get("/words"))  # the cookie is gone
    visitor.set_cookie("session", session.value)
    assert not is_shared(visitor.get("/words"))


def test_who_chooses_a_language_gets_its_cookie_and_a_page_for_them_alone(visitor: PageClient) -> None:
    answer = visitor.get("/words?language=fr")
    assert "language=fr" in answer.headers["Set-Cookie"] and not is_shared(answer)


def test_a_form_that_was_sent_is_not_kept(visitor: PageClient) -> None:
    assert not is_shared(visitor.post("/words"))


def test_a_page_of_a_moved_clock_is_not_kept(visitor: PageClient, fresh_app: Flask) -> None:
    fresh_app.config["CLOCK_OFFSET"] = timedelta(days=1)
    assert not is_shared(visitor.get("/words"))


def test_a_cookie_that_comes_later_is_seen_at_the_door(fresh_app: Flask, visitor: PageClient) -> None:
    """Whoever hands one out after this looked: the page cache stands in front of everything, and looks at all answers."""

    def late(answer: Response) -> Response:
        if g.get("made_of"):
            answer.set_cookie("seen", "yes")
        return answer

    functions = fresh_app.after_request_funcs[None]
    functions.insert(0, late)  # the first that is said is asked last
    answer = visitor.get("/words")
    assert "seen=yes" in answer.headers["Set-Cookie"] and not is_shared(answer)
