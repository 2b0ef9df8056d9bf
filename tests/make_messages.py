"""Messages to many, to test with. Every argument has a harmless default."""

from typing import Any

from eventapp.commands import LONG_JOBS
from eventapp.ground.db import transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import Meeting
from eventapp.messages.actions import Content, send, write
from eventapp.messages.audience import Audience
from eventapp.messages.models import Message
from eventapp.people.models import Person
from tests import make


def content(text: str = "Bring an umbrella.", subject: str = "About the rain", **facts: Any) -> Content:
    """A message in English to everybody with a place, good to know."""
    defaults: dict[str, Any] = {
        "texts": {"en": {"subject": subject, "text": text}},
        "audience": Audience(),
        "is_necessary": False,
    }
    return Content(**{**defaults, **facts})


def draft(meeting: Meeting, *words: str, **facts: Any) -> Message:
    """A message that nobody has sent yet."""
    with transaction():
        return write(meeting, content(*words, **facts), by=None, at=make.TODAY)


def sent(meeting: Meeting, *words: str, by: Person | None = None, **facts: Any) -> Message:
    """A message on its way, whose letters nobody wrote yet."""
    message = draft(meeting, *words, **facts)
    by = by or make.staff(meeting, "organizer")
    with transaction():
        send(message, by=by, at=make.TODAY)
    return message


def worked() -> None:
    """Everything that the worker does beside carrying letters."""
    while work_long(LONG_JOBS, at=make.TODAY):
        pass
