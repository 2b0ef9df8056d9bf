"""What happens at an illustrative meeting, put in the order of time before any of it is done."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

YEAR = 2016
ZONE = ZoneInfo("Asia/Bangkok")
Scene = Callable[[datetime], object]


class Story:
    """Scenes with their moments. Playing them in order keeps history in order too."""

    def __init__(self) -> None:
        self.scenes: list[tuple[datetime, int, Scene]] = []

    def add(self, at: datetime, scene: Scene) -> None:
        """Let this happen at that moment; of two at one moment, the first added is the first."""
        self.scenes.append((at, len(self.scenes), scene))

    def play(self) -> datetime:
        """Do all of it, each scene at its moment. Returns the last one."""
        for at, _order, scene in sorted(self.scenes, key=lambda one: one[:2]):
            scene(at)
        return max(at for at, _order, _scene in self.scenes)


def bangkok(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2016 by the clock in Bangkok."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=ZONE)
