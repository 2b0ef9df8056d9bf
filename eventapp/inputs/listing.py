"""What the list of inputs shows of each."""

from collections.abc import Iterator
from typing import NamedTuple

from eventapp.ground.text.i18n import _
from eventapp.ground.web.paging import Page, page_of
from eventapp.inputs.content import Contribution
from eventapp.inputs.models import Input
from eventapp.inputs.queries import SOME, InputFilter, inputs_with, numbers_found, state_of
from eventapp.meetings.models import Meeting

A_PAGE = 50
Written = tuple[Input, Contribution | None]
Listed = Page[Written]


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


def page_of_inputs(meeting: Meeting, looked_for: InputFilter, page: str | None) -> Listed:
    """The page of the inputs that fit what is looked for, each with what it said when it was sent."""
    found = page_of(numbers_found(meeting, looked_for), page, most=A_PAGE)
    return Page(inputs_with(found.rows), found.number, found.pages, found.count)


def all_found(meeting: Meeting, looked_for: InputFilter) -> Iterator[Written]:
    """All of them, read some at a time."""
    numbers = numbers_found(meeting, looked_for)
    for start in range(0, len(numbers), SOME):
        yield from inputs_with(numbers[start : start + SOME])
