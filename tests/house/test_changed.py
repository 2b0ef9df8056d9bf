"""What `./run test --changed` takes: the tests of a feature, of those that import it, and the rules of the house."""

import pytest

from config import ROOT
from tests.changed import OF_THE_HOUSE, chosen

MIGRATED = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("tests/*/test_migrations.py"))


def picked(*paths: str) -> list[str]:
    """Without the rules of the house, which are always there."""
    return [test for test in chosen(paths) if test not in OF_THE_HOUSE]


def test_the_rules_of_the_house_are_always_taken() -> None:
    assert chosen([]) == OF_THE_HOUSE
    assert set(OF_THE_HOUSE) < set(chosen(["eventapp/practices/actions.py"]))


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("tests/badges/test_sheet.py", ["tests/badges/test_sheet.py"]),
        ("tests/package/wild.py", ["tests/package"]),
        ("templates/practices/show.html", ["tests/practices"]),
        ("static/checkin/door.js", ["tests/checkin"]),
        ("docs/tour.md", []),
        ("translations/fr/LC_MESSAGES/messages.po", []),
        ("templates/layout.html", ["tests"]),
        ("tests/make.py", ["tests"]),
        ("config.py", ["tests"]),
        ("eventapp/__init__.py", ["tests"]),
        ("eventapp/commands.py", ["tests"]),
        ("migrations/versions/0001_first.py", MIGRATED),
    ],
)
def test_each_file_has_its_tests(path: str, tests: list[str]) -> None:
    assert picked(path) == tests


def test_who_imports_what_is_changed_is_tested_too() -> None:
    assert {"tests/badges", "tests/registration"} <= set(picked("eventapp/registration/models.py"))
    assert picked("eventapp/demo/story.py") == ["tests/demo"]  # which nothing below imports


def test_a_file_is_not_named_beside_its_folder() -> None:
    assert picked("tests/package/wild.py", "tests/package/test_views.py") == ["tests/package"]


def test_a_module_that_is_gone_is_of_its_feature() -> None:
    assert picked("eventapp/badges/gone.py") == ["tests/badges"]
