"""A part that is the same for everybody is drawn once for what it is drawn from, and brings its icons."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

from eventapp.ground.web import fragments
from eventapp.ground.web.fragments import Fragment, Fragments
from eventapp.ground.web.pages import icons_drawn

PART = "{% call cached('part', key) %}{{ count() }}{% set _ = drawn('pen') %}{% endcall %}"


class Counter:
    """How often the part was drawn."""

    drawn = 0

    def __call__(self) -> str:
        self.drawn += 1
        return f"<{self.drawn}>"


def page(app: Flask, count: Counter, key: str = "a", language: str = "en") -> tuple[str, list[str]]:
    with app.test_request_context(), force_locale(language):
        text = render_template_string(PART, count=count, key=key)
        return text, icons_drawn()


def test_it_is_drawn_once_for_its_key_and_language_and_escaped_as_ever(app: Flask) -> None:
    count = Counter()

    pages = [page(app, count), page(app, count), page(app, count, "b"), page(app, count, language="fr")]

    assert pages == [(text, ["pen"]) for text in ("&lt;1&gt;", "&lt;1&gt;", "&lt;2&gt;", "&lt;3&gt;")]


def test_in_development_it_is_drawn_anew(app: Flask) -> None:
    app.config["DEVELOPMENT"] = True
    count = Counter()

    assert [page(app, count)[0], page(app, count)[0]] == ["&lt;1&gt;", "&lt;2&gt;"]


def test_the_part_longest_unused_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "ROOM", 10)
    known = Fragments()
    for key in "ab":
        known.keep(key, Fragment("12345", frozenset()))
    known.get("a")

    known.keep("c", Fragment("123", frozenset()))

    assert [known.get(key) is not None for key in "abc"] == [True, False, True]
