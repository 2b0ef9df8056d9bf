"""The long files come first, and the parts of a file that is cut up go to different workers."""

import pytest

from config import ROOT
from tests.order import LONG, PARTS, deal


def test_what_is_named_is_there() -> None:
    assert [path for path in (*LONG, *PARTS) if not (ROOT / "tests" / path).exists()] == []


def test_long_files_come_first_and_a_file_stays_together(request: pytest.FixtureRequest) -> None:
    items = list(request.session.items)
    deal(items, ROOT / "tests")

    files = [item.path.relative_to(ROOT / "tests").as_posix() for item in items]
    places = [next((place for place, long in enumerate(LONG) if path.startswith(long)), len(LONG)) for path in files]
    groups = {item.path: set[str]() for item in items}
    for item in items:
        groups[item.path] |= {str(mark.args[0]) for mark in item.iter_markers("xdist_group")}
    assert places == sorted(places)
    assert {path.relative_to(ROOT / "tests").as_posix() for path, named in groups.items() if len(named) > 1} <= set(
        PARTS
    )
