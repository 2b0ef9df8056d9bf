"""How the tests are dealt to the workers: a file to one worker, the long ones first, so that none is left with one."""

from itertools import count
from pathlib import PurePath

import pytest

# Half a minute and more; the others are short, and come as they are called.
LONG = (
    "browser/test_pages_are_accessible.py",
    "house/test_odd_input.py",
    "house/test_crawl.py",
    "run/test_run.py",
    "faults/test_killed.py",
    "faults/test_full_disk.py",
    "faults/test_migrations.py",
    "review/test_attribution_everywhere.py",
    "registration/test_uploads.py",
    "house/test_access.py",
    "browser/kept",
    "browser/test_report_editor.py",
    "browser/writing",
    "browser/test_speed.py",
    "faults",
    "browser",
    "journeys",
    "package",
)
# Whose tests have nothing in common and are many, or have an app and a world each.
PARTS = {"browser/test_pages_are_accessible.py": 6, "house/test_odd_input.py": 2}


def deal(items: list[pytest.Item], root: PurePath) -> None:
    """Put the long ones first, and name the group of each test, which goes to one worker (--dist loadgroup)."""
    numbers = {path: count() for path in PARTS}
    places = {}
    for item in items:
        path = item.path.relative_to(root).as_posix()
        part = f"-{next(numbers[path]) % PARTS[path]}" if path in PARTS else ""
        item.add_marker(pytest.mark.xdist_group(f"{path}{part}"))
        places[item] = next((place for place, long in enumerate(LONG) if path.startswith(long)), len(LONG))
    items.sort(key=lambda item: places[item])
