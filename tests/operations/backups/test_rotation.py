from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventapp.operations.backups import manifest
from eventapp.operations.backups.rotation import Rule, clear, staying

NIGHT = datetime(2026, 11, 29, 2, tzinfo=UTC)  # a Sunday


def nights(most: int) -> list[datetime]:
    return [NIGHT - timedelta(days=number) for number in range(most)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Rule(0, 0, 0), ["11-29"]),
        (Rule(3, 0, 0), ["11-29", "11-28", "11-27"]),
        (Rule(0, 3, 0), ["11-29", "11-22", "11-15"]),
        (Rule(0, 0, 3), ["11-29", "10-31", "09-30"]),
        (Rule(2, 2, 2), ["11-29", "11-28", "11-22", "10-31"]),
    ],
)
def test_the_newest_of_each_day_week_and_month_stays(rule: Rule, days: list[str]) -> None:
    assert [f"{one:%m-%d}" for one in sorted(staying(nights(100), rule), reverse=True)] == days


def test_a_server_that_stood_still_loses_nothing() -> None:
    old = [NIGHT - timedelta(days=400 + number) for number in range(3)]

    assert staying(old, Rule(3, 0, 0)) == set(old)


def test_two_of_one_day_are_one() -> None:
    assert staying([NIGHT, NIGHT - timedelta(hours=1)], Rule(5, 0, 0)) == {NIGHT}


def write(folder: Path, at: datetime, name: str = "%Y%m%d") -> Path:
    made = folder / at.strftime(name)
    made.mkdir()
    contents = manifest.Contents("0094", {}, 0, "")
    facts = manifest.Manifest(at.isoformat(), "sqlite", "database.db", 0, "", "", contents)
    (made / manifest.NAME).write_bytes(manifest.written(facts))
    return made


def test_only_whole_backups_are_removed(app: Flask, tmp_path: Path) -> None:
    made = [write(tmp_path, at) for at in nights(4)]
    (made[3] / manifest.NAME).write_text("{}")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "others").mkdir()
    write(tmp_path, NIGHT + timedelta(hours=1), ".its.part")

    assert clear(tmp_path, Rule(2, 0, 0)) == [made[2]]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".its.part",
        "20261126",
        "20261128",
        "20261129",
        "notes.txt",
        "others",
    ]
