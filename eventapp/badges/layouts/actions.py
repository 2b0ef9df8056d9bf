from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from eventapp.badges.answers import labels_of, printable
from eventapp.badges.layouts.queries import in_words
from eventapp.badges.printing.layouts import PARTS, Design
from eventapp.ground.db import lock
from eventapp.ground.db.types import Record
from eventapp.history.actions import record
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import Person


def keep_layout(
    meeting: Meeting, category: Category | None, design: Design, *, by: Person | None, at: datetime
) -> None:
    """Badges of this category come out like this from now on, at the counter too; of all categories without a layout
    of their own where it is None.
    """
    change(meeting, category, design.as_record(), by=by, at=at)


def drop_layout(category: Category, *, by: Person | None, at: datetime) -> None:
    """Badges of this category come out as those of the meeting again."""
    change(category.meeting, category, {}, by=by, at=at)


def change(meeting: Meeting, category: Category | None, wanted: Record, *, by: Person | None, at: datetime) -> None:
    lock(meeting)
    thing: Meeting | Category = category or meeting
    before = thing.badge_layout
    if wanted == before:
        return
    thing.badge_layout = wanted
    designs = [Design.of(one) if one else None for one in (before, wanted)]
    labels = labels_of(meeting, [one for one in designs if one])
    words = [in_words(one, labels) if one else "" for one in designs]
    record("changed the layout of badges", thing, by=by, at=at, before=words[0], after=words[1])


def copy_layouts(source: Meeting, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Print badges as another meeting does, those of the categories that both have; with the answers to questions that
    came along.
    """
    codes = [one.code for one in printable(meeting)]
    if source.badge_layout:
        keep_layout(meeting, None, with_questions(Design.of(source.badge_layout), codes), by=by, at=at)
    there = {one.code: one for one in meeting.categories}
    for one in source.categories:
        if one.badge_layout and one.code in there:
            keep_layout(meeting, there[one.code], with_questions(Design.of(one.badge_layout), codes), by=by, at=at)


def with_questions(design: Design, codes: Collection[str]) -> Design:
    """The same with the answers to these questions alone."""

    def left(parts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in parts if one in PARTS or one in codes)

    return replace(design, parts=left(design.parts), back=None if design.back is None else left(design.back))
