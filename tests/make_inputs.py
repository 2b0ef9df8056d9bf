"""Written inputs to test with, made the way the application makes them."""

from datetime import timedelta
from typing import Any

from eventapp.drafts.actions import Sent
from eventapp.ground.db import transaction
from eventapp.inputs.actions import begin, open_call, send
from eventapp.inputs.content import Contribution
from eventapp.inputs.models import Call, Input
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY
from tests.make_documents import office

CLOSES = TODAY + timedelta(days=5)
RADIO = "Radio reaches more farmers than any portal does. Licences for community radio take two years."


def call(meeting: Meeting, **facts: Any) -> Call:
    """A call that has been open since yesterday and closes in five days."""
    defaults: dict[str, Any] = {"opens_at": TODAY - timedelta(days=1), "closes_at": CLOSES, "words": "Write to us."}
    with transaction():
        return open_call(meeting, **{**defaults, **facts}, by=None, at=TODAY)


def said(**facts: Any) -> Contribution:
    """An input with an overview and one passage."""
    defaults: dict[str, Any] = {
        "organization": "Radio Network",
        "overview": "Three things matter.",
        "passages": {"C9": RADIO},
    }
    return Contribution(**{**defaults, **facts})


def begun(meeting: Meeting, **facts: Any) -> tuple[Input, Registration]:
    """An input that a registered participant has begun."""
    registration = make.registration(meeting, **facts)
    with transaction():
        written = begin(registration, at=TODAY)
    return written, registration


def sent(meeting: Meeting, *, public: bool = True, **facts: Any) -> Input:
    """An input that was sent today; the meeting asks for inputs already."""
    written, _registration = begun(meeting)
    with transaction():
        send(written, said(**facts), Sent(0), at=TODAY, public=public, token="")
    return written


def docx(text: str = "<w>Words</w>", **more: str) -> bytes:
    """As little of a DOCX as is taken for one."""
    return office("word/document.xml", text, **more)
