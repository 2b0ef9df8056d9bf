"""Each guard fails once here, on a sample that breaks its rule; a guard that cannot fail guards nothing."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.db import db, transaction
from eventapp.gate import for_anyone
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.house import guards

BROKEN: list[tuple[Callable[..., list[str]], str, str, str]] = [
    (guards.commits_outside_db, "eventapp/x/actions.py", "db.session.commit()", "eventapp/x/actions.py"),
    (guards.transactions_inside, "eventapp/x/actions.py", "with transaction(): pass", "eventapp/x/actions.py"),
    (guards.transactions_inside, "eventapp/x/actions.py", "in_a_crowd(act)", "eventapp/x/actions.py"),
    (guards.transactions_inside, "eventapp/x/front.py", "in_a_crowd(act)", "eventapp/x/front.py"),
    (guards.clocks_inside, "eventapp/x/actions.py", "at = now()", "eventapp/x/actions.py"),
    (guards.clocks_inside, "eventapp/x/views.py", "at = datetime.now(UTC)", "eventapp/x/views.py"),
    (guards.banned_files, "eventapp/x/utils.py", "", "eventapp/x/utils.py"),
    (guards.long_files, "eventapp/x/views.py", "x = 1\n" * 301, "eventapp/x/views.py"),
    (guards.long_functions, "eventapp/x/views.py", "def f():\n" + "    x = 1\n" * 41, "eventapp/x/views.py: f"),
    (guards.late_imports, "eventapp/x/views.py", "def f():\n    import os\n", "eventapp/x/views.py: f"),
    (guards.banned_names, "eventapp/x/views.py", "def f(obj): pass", "eventapp/x/views.py: obj"),
    (guards.trusting_templates, "templates/x.html", "<p>{{ name|safe }}</p>", "templates/x.html: |safe"),
    (guards.trusting_templates, "templates/x.html", '<p style="color:red">', "templates/x.html: style="),
    (guards.trusting_templates, "static/x.js", "p.innerHTML = name", "static/x.js: innerHTML"),
    (guards.trusting_templates, "templates/x.html", "<script>go()</script>", "templates/x.html: <script"),
    (guards.dangerous_code, "eventapp/x/cli.py", "yaml.load(file)", "eventapp/x/cli.py: yaml.load("),
    (guards.dangerous_code, "eventapp/x/queries.py", 'text(f"select {x}")', 'eventapp/x/queries.py: text(f"'),
    (guards.unused_macros, "templates/x.html", '{% from "y.html" import field %}', "templates/x.html: field"),
    (guards.machine_traces, "docs/x.md", "see /" + "root/.cache", "docs/x.md: /root/"),
]


@pytest.mark.parametrize(("guard", "path", "sample", "fault"), BROKEN)
def test_the_guard_sees_the_broken_sample(guard: Callable[..., list[str]], path: str, sample: str, fault: str) -> None:
    assert guard({path: sample}) == [fault]


def test_an_action_without_a_sentence_is_seen() -> None:
    code = {
        "eventapp/x/actions.py": "def withdraw(): pass",
        "eventapp/x/views.py": "from eventapp.x.actions import withdraw",
    }
    assert guards.silent_actions(code) == ["eventapp/x/actions.py: withdraw"]


def test_an_orphan_template_is_seen() -> None:
    assert guards.orphans({"templates/x/lost.html": ""}, {"eventapp/x/views.py": ""}) == ["x/lost.html"]


def test_an_undocumented_name_is_seen() -> None:
    assert guards.undocumented(["SECRET_KEY", "PORT"], "`PORT`: where we listen") == ["SECRET_KEY"]


def test_a_request_that_writes_in_two_transactions_is_seen(app: Flask, client: PageClient) -> None:
    meeting = make.meeting().id

    @for_anyone
    def twice() -> str:
        for verb in ("did half", "did the other half"):
            with transaction():
                record(verb, db.session.get_one(Meeting, meeting), by=None, at=make.TODAY)
        return ""

    app.add_url_rule("/twice", view_func=twice, methods=["POST"])
    with pytest.raises(AssertionError, match="/twice writes in 2 transactions"):
        client.post("/twice")
