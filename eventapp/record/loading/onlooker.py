"""Who looks on while a file of notes comes in: the worker, which says how far it is and may be stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.ground.jobs.leased import to_nobody
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Tell
from eventapp.record.loading.queries import Step


def unseen(_meeting: Meeting, _some: Sequence[Step], _share: float) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Onlooker:
    """Who looks on while a file comes in, and may stop it."""

    tell: Tell = to_nobody  # told how many lines were looked at, in no transaction
    coming: Callable[[Meeting, Sequence[Step], float], None] = unseen  # told of lines in the one that writes them
    before: Mapping[str, int] = field(default_factory=dict)  # what came in of the same file by an earlier worker
