"""What happens at an illustrative meeting, put in the order of time before any of it is done."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from eventapp.ground.db import transaction

YEAR = 2016
ZONE = ZoneInfo("Asia/Bangkok")
Scene = Callable[[datetime], object]


class Story:
    """Scenes with their moments. Playing them in order keeps history in order too."""

    def __init__(self) -> None:
        self.scenes: list[tuple[datetime, int, Scene, bool]] = []

    def add(self, at: datetime, scene: Scene, *, by_itself: bool = False) -> None:
        """Let this happen at that moment; of two at one moment, the first added is the first.

        What happens by itself opens its own transaction: a report is compiled and published so.
        """
        self.scenes.append((at, len(self.scenes), scene, by_itself))

    def play(self) -> datetime:
        """Do all of it, each scene at its moment, in one transaction as far as the next that is by itself.

        Returns the last moment.
        """
        ordered = sorted(self.scenes, key=lambda one: one[:2])
        for by_itself, some in groupby(ordered, key=lambda one: one[3]):
            with nullcontext() if by_itself else transaction():
                for at, _order, scene, _by_itself in some:
                    scene(at)
        return ordered[-1][0]


def bangkok(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2016 by the clock in Bangkok."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=ZONE)
