"""What of a meeting goes when: each day with what goes on it, in words, and whose days they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import current_app

from eventapp.desk.retention.labels import in_words
from eventapp.ground.text.i18n import _, language
from eventapp.mail.queries import letters_with_words
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting, names_of_kinds
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.origins import INSTALLATION, QUESTION, origin_in_words, origin_of
from eventapp.meetings.retention.queries import goes_on, gone_after
from eventapp.meetings.retention.sorts import ANSWERS, COUNTED, EMAILS
from eventapp.questions.models import Question


@dataclass(frozen=True)
class Going:
    """What goes on one day, or by and by from the first to the last, and why then. Days where the meeting is."""

    first: date
    last: date
    words: list[str]
    why: str


def plan_of(meeting: Meeting, numbers: Mapping[str, int], questions: Sequence[tuple[Question, int]]) -> list[Going]:
    """All that goes, what goes first at the beginning: so many of each sort, and so many answers to each question."""
    kind = kind_of_meeting(meeting)
    called = kind.name_in(language()) if kind else ""
    days = defaultdict[tuple[date, str], list[str]](list)
    for sort, number in numbers.items():
        if number:
            why = origin_in_words(origin_of(meeting, kind, sort), called)
            days[goes_on(meeting, COUNTED[sort]), why].append(in_words(sort, number))
    for question, number in questions:
        if number:
            day = gone_after(meeting.ends_on, question.retention_days or 0)
            label, _tongue = question.text_in("label", language())
            answers = _("%(answers)s to “%(question)s”", answers=in_words(ANSWERS, number), question=label)
            days[day, origin_in_words(QUESTION)].append(answers)
    lines = [Going(day, day, words, why) for (day, why), words in days.items()]
    return sorted([*lines, *emails_of(meeting)], key=lambda line: (line.first, line.last))


def emails_of(meeting: Meeting) -> list[Going]:
    """The emails whose text goes, from the day on which the first does to that of the last."""
    count, first, last = letters_with_words(meeting.id)
    if first is None or last is None:
        return []
    days = [(one + current_app.config["LETTERS_KEPT"]).astimezone(meeting.tz).date() for one in (first, last)]
    return [Going(days[0], days[1], [in_words(EMAILS, count)], origin_in_words(INSTALLATION))]


def gone_in_words(days: Sequence[date], gone: Mapping[date, Sequence[Deletion]]) -> list[Going]:
    """What went on these days, in their order: a line for each day and for whose days it was. One query."""
    kinds = names_of_kinds({one.kind_id for rows in gone.values() for one in rows if one.kind_id}, language())
    return [
        Going(day, day, [in_words(one.sort, one.number) for one in rows], origin_in_words(origin, kinds.get(kind, "")))
        for day in days
        for (origin, kind), rows in groupby(gone[day], key=lambda one: (one.origin, one.kind_id or 0))
    ]
