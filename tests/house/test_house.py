"""The rules of the house, kept by the build rather than by memory. docs/house.md says why each is there."""

import re
import tomllib

import pytest
from flask import Flask

from eventapp.ground.db.types import Base
from eventapp.ground.web.access import rule_of
from tests.house import guards
from tests.house.page_guards import (
    long_lines,
    machine_traces,
    orphans,
    trusting_templates,
    unasked,
    unused_macros,
    weak_waits,
)
from tests.house.private_names import private_names

CODE = guards.sources(guards.PACKAGE, "*.py")
PAGES = guards.sources(guards.TEMPLATES, "*.html") | guards.sources(guards.TEMPLATES, "*.txt")
MODULES = guards.sources(guards.ROOT / "static", "*.js")
CONTRACTS = tomllib.loads((guards.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_route_says_who_it_is_open_to(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert {name for name in endpoints if not rule_of(app, name)} == set()


def test_a_route_that_does_not_say_is_closed(fresh_app: Flask) -> None:
    fresh_app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert fresh_app.test_client().get("/forgotten").status_code == 404


@pytest.mark.parametrize(
    "guard",
    [
        guards.commits_outside_db,
        guards.transactions_inside,
        guards.refusing_views,
        guards.misnamed_web_modules,
        guards.files_by_hand,
        guards.skips,
        guards.anys,
        guards.unexplained_anys,
        guards.clocks_inside,
        guards.banned_files,
        guards.long_files,
        guards.long_functions,
        guards.late_imports,
        guards.banned_names,
        guards.silent_actions,
        guards.dangerous_code,
        guards.asked_of_sessions,
    ],
    ids=lambda guard: guard.__name__,
)
def test_the_code_keeps_the_rule(guard: guards.Callable[..., list[str]]) -> None:
    assert guard(CODE) == []


def test_no_folder_is_crowded() -> None:
    files = [path for path in guards.PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert guards.crowded_folders(str(path.relative_to(guards.ROOT)) for path in files) == []


def test_no_private_name_of_a_library_is_used() -> None:
    entrances = {name: (guards.ROOT / name).read_text() for name in ("config.py", "serve.py", "wsgi.py", "commands.py")}
    assert private_names(CODE | entrances) == []


def test_no_page_trusts_what_was_typed() -> None:
    assert trusting_templates(PAGES | MODULES) == []


def test_no_test_takes_a_promise_for_what_it_ends_in() -> None:
    assert weak_waits(guards.sources(guards.ROOT / "tests", "*.py")) == []


def test_no_line_of_a_template_is_long() -> None:
    assert long_lines(PAGES) == []


def test_what_cannot_be_undone_is_asked_before() -> None:
    """Those that are named can: a room is opened again, an input sent again, a note brought back, one signs in again."""
    undone = ("desk/settings/room", "inputs/write", "record/edit", "people/account")
    assert set(unasked(PAGES)) == {f"templates/{name}.html" for name in undone}


def test_no_template_imports_what_it_does_not_use() -> None:
    assert unused_macros(PAGES) == []


def test_no_template_is_forgotten() -> None:
    assert orphans(PAGES, CODE) == []


def test_every_letter_has_a_subject_and_a_body(app: Flask) -> None:
    letters = [name for name in app.jinja_env.list_templates() if "/mail/" in name]
    assert letters
    for name in letters:
        assert set(app.jinja_env.get_template(name).blocks) >= {"subject", "body"}, name


def test_foreign_keys_point_down() -> None:
    assert upward_keys(Base) == []


def upward_keys(base: type[Base]) -> list[str]:
    floor = {
        table.name: floor_of(mapper.class_.__module__) for mapper in base.registry.mappers for table in mapper.tables
    }
    return [
        f"{key.parent} -> {key.target_fullname}"
        for table in base.metadata.tables.values()
        for key in table.foreign_keys
        if floor[key.column.table.name] > floor[table.name]
    ]


def floor_of(module: str) -> int:
    """How high this feature stands in the floors that pyproject.toml draws."""
    feature = ".".join(module.split(".")[:2])
    floors = reversed(CONTRACTS[0]["layers"])
    return next(height for height, names in enumerate(floors) if feature in re.split(r"\s*[|:]\s*", names))


def test_every_feature_has_its_floor() -> None:
    drawn = {name for names in CONTRACTS[0]["layers"] for name in re.split(r"\s*[|:]\s*", names)}
    features = {f"eventapp.{path.parent.name}" for path in guards.PACKAGE.glob("*/__init__.py")}
    assert features - drawn == {"eventapp.features"}


def test_the_forms_of_every_feature_are_its_own() -> None:
    """The contract names features, for `eventapp.**.forms` would take in the fields that all forms are made of."""
    (mine,) = [one for one in CONTRACTS if one["name"].startswith("Forms are for")]
    deep = {path.split("/")[1] for path in CODE if path.endswith("/forms.py") and path.count("/") > 2} - {"ground"}
    assert {f"eventapp.{feature}.**.forms" for feature in deep} <= {*mine["protected_modules"]}


def test_the_ground_is_small() -> None:
    ground = {path: source.count("\n") for path, source in CODE.items() if path.startswith("eventapp/ground/")}
    assert {path: lines for path, lines in ground.items() if lines > 160} == {}


def test_nothing_tells_of_a_machine() -> None:
    texts = {**CODE, **PAGES, **MODULES}
    for pattern in ("*.md", "*.txt", "*.toml", "*.in", "run"):
        texts |= {str(p.relative_to(guards.ROOT)): p.read_text() for p in guards.ROOT.glob(pattern)}
    assert machine_traces(texts | guards.sources(guards.ROOT / "docs", "*.md")) == []
