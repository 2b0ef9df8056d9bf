"""What the list of inputs shows of each."""

from typing import NamedTuple

from eventapp.ground.text.i18n import _
from eventapp.inputs.content import Contribution
from eventapp.inputs.models import Input
from eventapp.inputs.queries import InputFilter, inputs_of, said_by_all, state_of
from eventapp.meetings.models import Meeting


class Mark(NamedTuple):
    """A state in a word, and its tone."""

    word: str
    tone: str


def mark_of(written: Input) -> Mark:
    """Where an input stands, in a word."""
    return {
        "draft": Mark(_("Being written"), "off"),
        "new": Mark(_("To be read"), "wait"),
        "dealt": Mark(_("Dealt with"), "ok"),
        "withdrawn": Mark(_("Withdrawn"), "off"),
    }[state_of(written)]


def fitting(meeting: Meeting, looked_for: InputFilter) -> list[tuple[Input, Contribution | None]]:
    """The inputs that fit what is looked for, each with what it said when it was sent."""
    sent = said_by_all(meeting)
    everything = [(one, sent.get(one.id)) for one in inputs_of(meeting)]
    return [(one, text) for one, text in everything if looked_for.fits(one, text or Contribution())]
