"""Somebody else who acts while something is worked out: what was found rests on what was before."""

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.ground.db import db
from eventapp.ground.db.apart import meanwhile


def slowly(
    monkeypatch: pytest.MonkeyPatch, room: object, name: str, act: Callable[[], object], times: int = 1
) -> list[Any]:
    """Let somebody do this after the function of this name in the room has found something, and before that is written.

    So many times. Returns what it found each time.
    """
    found: list[Any] = []
    think = getattr(room, name)

    def slow(*args: Any, **named: Any) -> Any:
        one = think(*args, **named)
        found.append(one)
        db.session.rollback()
        if len(found) <= times:
            meanwhile(act)
        return one

    monkeypatch.setattr(room, name, slow)
    return found
