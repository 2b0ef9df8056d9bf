"""Letters to test with."""

from datetime import datetime
from itertools import count
from typing import Any

from eventapp.ground.db import transaction
from eventapp.mail.actions import post
from eventapp.mail.models import WAITING, Letter
from tests.make import TODAY, kept

_number = count(1)


def letter(to: str = "", *, at: datetime = TODAY, **facts: Any) -> Letter:
    """A letter in the outbox, due at once."""
    number = next(_number)
    defaults: dict[str, Any] = {
        "to_name": "Ada Byron",
        "subject": f"Letter {number}",
        "text": "Good day.\n",
        "html": "<p>Good day.</p>",
        "kind": "test",
        "message_id": f"<{number}@example.org>",
    }
    made = Letter(to=to or f"reader{number}@example.org", **{**defaults, **facts})
    with transaction():
        post(made, at=at)
    return made


def unchecked_letter(to: str, **facts: Any) -> Letter:
    """A letter nobody checked, as a mistake of ours would leave it in the outbox."""
    made = letter(**facts)
    made_id = made.id
    with transaction():
        made.to = to
    assert made.id == made_id
    return made


__all__ = ["WAITING", "kept", "letter", "unchecked_letter"]
