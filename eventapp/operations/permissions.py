"""Who may open what: the table of docs/permissions.md, made from what the routes themselves declare."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from eventapp.ground.web.access import rule_of

HEAD = """# Permissions

Made by `./run fix` from the routes; a test refuses a stale copy, and another walks every line as every role.
A rule reads as “may …”. What is not yours answers 404, as if it were not there; a visitor is asked to sign in where
that could help.

## Rules

| rule | is open to |
|---|---|
"""
UNASKED = ("HEAD", "OPTIONS")


@dataclass(frozen=True, order=True)
class Line:
    """One route under one method, and the rule it declares."""

    path: str
    method: str
    endpoint: str
    rule: str


def lines(app: Flask) -> list[Line]:
    """Every route of the app but its static files, in the order of their addresses."""
    return sorted(line for rule in app.url_map.iter_rules() if rule.endpoint != "static" for line in of_rule(app, rule))


def of_rule(app: Flask, rule: object) -> Iterator[Line]:
    endpoint = str(getattr(rule, "endpoint", ""))
    for method in sorted(set(getattr(rule, "methods", ())) - set(UNASKED)):
        yield Line(str(rule), method, endpoint, rule_of(app, endpoint) or "closed")


def page(app: Flask) -> str:
    """The whole of docs/permissions.md."""
    rules = sorted({line.rule for line in lines(app)})
    meanings = "".join(f"| `{rule}` | {meaning(app, rule)} |\n" for rule in rules)
    routes = "".join(f"| `{line.path}` | {line.method} | `{line.rule}` |\n" for line in lines(app))
    return f"{HEAD}{meanings}\n## Routes\n\n| address | method | rule |\n|---|---|---|\n{routes}"


def meaning(app: Flask, rule: str) -> str:
    """The first sentence that the rule says of itself."""
    for view in app.view_functions.values():
        declared = getattr(view, "open_to_rule", None)
        if declared is not None and declared.__name__ == rule:
            return (declared.__doc__ or "").strip().splitlines()[0]
    return ""
