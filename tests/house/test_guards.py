"""Each guard fails once here, on a sample that breaks its rule; a guard that cannot fail guards nothing."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.web.access import for_anyone
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient, in_one_line
from tests.house import guards
from tests.house.page_guards import (
    long_lines,
    machine_traces,
    orphans,
    trusting_templates,
    unasked,
    undocumented,
    unused_macros,
    weak_waits,
)
from tests.house.private_names import private_names

BROKEN: list[tuple[Callable[..., list[str]], str, str, str]] = [
    (guards.commits_outside_db, "eventapp/x/actions.py", "db.session.commit()", "eventapp/x/actions.py"),
    (guards.transactions_inside, "eventapp/x/actions.py", "with transaction(): pass", "eventapp/x/actions.py"),
    (guards.transactions_inside, "eventapp/x/actions.py", "attempt(form, act)", "eventapp/x/actions.py"),
    (
        guards.refusing_views,
        "eventapp/x/views.py",
        "bp = Blueprint()\ntry: x\nexcept Refused: y",
        "eventapp/x/views.py",
    ),
    (guards.files_by_hand, "eventapp/x/views.py", "headers['Content-Disposition'] = x", "eventapp/x/views.py"),
    (private_names, "eventapp/x/forms.py", "field._form = None", "eventapp/x/forms.py: _form"),
    (private_names, "eventapp/x/app.py", "from werkzeug._internal import x", "eventapp/x/app.py: _internal"),
    (private_names, "eventapp/x/app.py", "from flask_login import _a", "eventapp/x/app.py: _a"),
    (
        private_names,
        "eventapp/x/app.py",
        "from werkzeug.routing import Rule\nclass Late(Rule):\n    def _compile_builder(self): pass",
        "eventapp/x/app.py: _compile_builder",
    ),
    (guards.clocks_inside, "eventapp/x/actions.py", "at = now()", "eventapp/x/actions.py"),
    (guards.clocks_inside, "eventapp/x/views.py", "at = datetime.now(UTC)", "eventapp/x/views.py"),
    (guards.banned_files, "eventapp/x/utils.py", "", "eventapp/x/utils.py"),
    (guards.long_functions, "eventapp/x/views.py", "def f():\n" + "    x = 1\n" * 41, "eventapp/x/views.py: f"),
    (guards.late_imports, "eventapp/x/views.py", "def f():\n    import os\n", "eventapp/x/views.py: f"),
    (guards.banned_names, "eventapp/x/views.py", "def f(obj): pass", "eventapp/x/views.py: obj"),
    (trusting_templates, "templates/x.html", "<p>{{ name|safe }}</p>", "templates/x.html: |safe"),
    (trusting_templates, "templates/x.html", '<p style="color:red">', "templates/x.html: style="),
    (trusting_templates, "static/x.js", "p.innerHTML = name", "static/x.js: innerHTML"),
    (trusting_templates, "templates/x.html", "<script>go()</script>", "templates/x.html: <script"),
    (unasked, "templates/x.html", "<details></details>{{ button_form(to, _('End'), 'risk') }}", "templates/x.html"),
    (weak_waits, "tests/x.py", "page." + "wait_for_function('x')", "tests/x.py"),
    (long_lines, "templates/x.html", "<p>\n" + "x" * 161, "templates/x.html:2: 161 characters"),
    (guards.dangerous_code, "eventapp/x/cli.py", "yaml.load(file)", "eventapp/x/cli.py: yaml.load("),
    (guards.dangerous_code, "eventapp/x/queries.py", 'text(f"select {x}")', 'eventapp/x/queries.py: text(f"'),
    (guards.asked_of_sessions, "eventapp/x/queries.py", "inspect(row).transient", "eventapp/x/queries.py: .transient"),
    (guards.asked_of_sessions, "eventapp/x/queries.py", "has_session(row)", "eventapp/x/queries.py: has_session"),
    (unused_macros, "templates/x.html", '{% from "y.html" import field %}', "templates/x.html: field"),
    (machine_traces, "docs/x.md", "see /" + "root/.cache", "docs/x.md: /root/"),
]


@pytest.mark.parametrize(("guard", "path", "sample", "fault"), BROKEN)
def test_the_guard_sees_the_broken_sample(guard: Callable[..., list[str]], path: str, sample: str, fault: str) -> None:
    assert guard({path: sample}) == [fault]


def test_a_long_file_is_seen_and_one_that_is_not_any_more() -> None:
    code = {"eventapp/x/views.py": "x = 1\n" * 261, "eventapp/x/forms.py": "x = 1\n" * 260}
    assert guards.long_files(code, ()) == ["eventapp/x/views.py"]
    assert guards.long_files(code, [*code]) == ["eventapp/x/forms.py"]


def test_a_web_module_has_one_of_two_names() -> None:
    code = {
        "eventapp/x/pages.py": "bp = Blueprint()",
        "eventapp/x/parts.py": "@bp.get()",
        "eventapp/x/views.py": "@bp.get()",
    }
    assert guards.misnamed_web_modules(code, ()) == ["eventapp/x/pages.py", "eventapp/x/parts.py"]
    assert guards.misnamed_web_modules(code, [*code]) == ["eventapp/x/views.py"]


def test_a_crowded_folder_is_seen_and_one_that_is_not_any_more() -> None:
    many, few = [f"eventapp/x/{n}.py" for n in range(15)], ["eventapp/y/views.py"]
    assert guards.crowded_folders(many + few, {}) == ["eventapp/x"]
    assert guards.crowded_folders(many + few, {"eventapp/x": 15, "eventapp/y": 16}) == ["eventapp/y"]


def test_an_action_without_a_sentence_is_seen() -> None:
    code = {
        "eventapp/x/actions.py": "def withdraw(): pass",
        "eventapp/x/views.py": "from eventapp.x.actions import withdraw",
    }
    assert guards.silent_actions(code) == ["eventapp/x/actions.py: withdraw"]


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    page = "<ul>\n  <li\n    class=x>One\n  <b>two</b> </li>\n</ul> <p>a\n<textarea>\na\n b</textarea> c</p>"
    read = "<ul><li class=x>One <b>two</b></li></ul><p>a <textarea>\na\n b</textarea> c</p>"
    assert in_one_line(page) == read


def test_a_formatter_kept_away_too_often_is_seen() -> None:
    assert guards.skips({"eventapp/x/views.py": "x = 1  # fmt: skip\n" * guards.SKIPS}) == []
    assert len(guards.skips({"eventapp/x/views.py": "x = 1  # fmt: skip\n" * (guards.SKIPS + 1)})) == guards.SKIPS + 1


def test_one_any_too_many_is_seen() -> None:
    assert guards.anys({"eventapp/x/views.py": "x: Any\n" * guards.ANYS}) == []
    assert len(guards.anys({"eventapp/x/views.py": "x: Any\n" * (guards.ANYS + 1)})) == guards.ANYS + 1


def test_an_any_without_a_reason_is_seen() -> None:
    code = "x: Any  # as Flask has it\n# both of them are JSON\ny: dict[Any, Any]\n\nz: Any\n"
    assert guards.unexplained_anys({"eventapp/x/views.py": code}) == ["eventapp/x/views.py:5"]


def test_an_orphan_template_is_seen() -> None:
    assert orphans({"templates/x/lost.html": ""}, {"eventapp/x/views.py": ""}) == ["x/lost.html"]


def test_an_undocumented_name_is_seen() -> None:
    assert undocumented(["SECRET_KEY", "PORT"], "`PORT`: where we listen") == ["SECRET_KEY"]


def test_a_request_that_writes_in_two_transactions_is_seen(fresh_app: Flask, client: PageClient) -> None:
    meeting = make.meeting().id

    @for_anyone
    def twice() -> str:
        for verb in ("did half", "did the other half"):
            with transaction():
                record(verb, db.session.get_one(Meeting, meeting), by=None, at=make.TODAY)
        return ""

    fresh_app.add_url_rule("/twice", view_func=twice, methods=["POST"])
    with pytest.raises(AssertionError, match="/twice writes in 2 transactions"):
        client.post("/twice")
