"""Addresses are written as Werkzeug writes them, by functions that are made when they are needed."""

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, Map, Rule

from eventapp.app import LateRule


def plain(rule: Rule) -> Rule:
    """The same rule as Werkzeug itself has it."""
    return Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods, defaults=rule.defaults)


def fitting(converter: BaseConverter) -> str:
    return min(converter.items) if isinstance(converter, AnyConverter) else "7"


def test_every_address_is_the_one_that_an_ordinary_rule_writes(app: Flask) -> None:
    known = app.url_map.iter_rules()
    late = app.url_map.bind("meeting.example")
    ordinary = Map([plain(rule) for rule in known], converters=app.url_map.converters).bind("meeting.example")
    written = {}
    for rule in app.url_map.iter_rules():
        values = {name: fitting(rule._converters[name]) for name in rule.arguments} | {"after": "ü & 1"}
        written[late.build(rule.endpoint, values)] = ordinary.build(rule.endpoint, values)
    assert len(written) > 200
    assert list(written) == list(written.values())


def test_nothing_is_compiled_before_an_address_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[bool] = []
    original = Rule._compile_builder

    def counted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(append_unknown)
        return original(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    app = Flask(__name__, static_folder=None)
    app.url_rule_class = LateRule
    app.add_url_rule("/meetings/<slug>", "meeting", lambda slug: slug)
    assert compiled == []
    with app.test_request_context():
        assert [app.url_for("meeting", slug="bangkok"), app.url_for("meeting", slug="x")] == [
            "/meetings/bangkok",
            "/meetings/x",
        ]
    assert compiled == [True]  # once, the one that takes what the rule does not name


def test_the_application_has_no_other_rules(app: Flask) -> None:
    assert {type(rule) for rule in app.url_map.iter_rules()} == {LateRule}
