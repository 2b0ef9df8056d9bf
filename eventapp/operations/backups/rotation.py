"""Which backups stay: the newest of each of the last days, weeks and months that have one."""

import shutil
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from eventapp.ground.refusal import Refused
from eventapp.operations.backups import manifest

T = TypeVar("T")


@dataclass(frozen=True)
class Rule:
    """For how many days, weeks and months the newest backup of each stays. Days and ISO weeks are those of UTC."""

    days: int
    weeks: int
    months: int


def staying(made: Iterable[datetime], rule: Rule) -> set[datetime]:
    """Those of these moments whose backups stay: of each of the last so many days, weeks, months the newest.

    Only days, weeks and months with a backup count, so that a server that stood still for long loses none. The newest
    of all stays whatever the rule says.
    """
    newest_first = sorted(made, reverse=True)
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (rule.days, datetime.date),
        (rule.weeks, lambda at: tuple(at.isocalendar())[:2]),
        (rule.months, lambda at: (at.year, at.month)),
    )
    stay = set(newest_first[:1])
    for most, span_of in spans:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(span_of(moment), moment)
        stay.update(list(newest.values())[:most])
    return stay


def going(made: Mapping[T, datetime], rule: Rule) -> list[T]:
    """Those of these backups, each with its moment, that the rule lets go."""
    stay = staying(made.values(), rule)
    return [one for one, moment in made.items() if moment not in stay]


def clear(folder: Path, rule: Rule) -> list[Path]:
    """Remove the backups in this folder that the rule lets go. Returns them. What is no backup, or damaged, stays."""
    backups = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]  # which is not written yet
    made = {path: moment for path in backups if (moment := moment_of(path))}
    gone = going(made, rule)
    for path in gone:
        shutil.rmtree(path)
    return gone


def moment_of(folder: Path) -> datetime | None:
    """When the backup in this folder was made; None where it is none, or its manifest was changed."""
    try:
        return manifest.read(folder).moment if folder.is_dir() else None
    except Refused:
        return None
