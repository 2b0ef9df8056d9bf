"""What of a meeting goes when: each day with what goes on it, in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app

from eventapp.desk.retention.labels import in_words
from eventapp.ground.text.i18n import _, language
from eventapp.mail.queries import letters_with_words
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import goes_on
from eventapp.meetings.retention.sorts import ANSWERS, EMAILS
from eventapp.questions.models import Question


@dataclass(frozen=True)
class Going:
    """What goes on one day, or by and by from the first to the last. Days where the meeting takes place."""

    first: date
    last: date
    words: list[str]


def plan_of(meeting: Meeting, numbers: Mapping[str, int], questions: Sequence[tuple[Question, int]]) -> list[Going]:
    """All that goes, what goes first at the beginning: so many of each sort, and so many answers to each question."""
    days = defaultdict[date, list[str]](list)
    for sort, number in numbers.items():
        if number:
            days[goes_on(meeting, sort)].append(in_words(sort, number))
    for question, number in questions:
        if number:
            day = meeting.ends_on + timedelta(days=(question.retention_days or 0) + 1)
            label, _tongue = question.text_in("label", language())
            days[day].append(_("%(answers)s to “%(question)s”", answers=in_words(ANSWERS, number), question=label))
    lines = [Going(day, day, words) for day, words in days.items()]
    return sorted([*lines, *emails_of(meeting)], key=lambda line: (line.first, line.last))


def emails_of(meeting: Meeting) -> list[Going]:
    """The emails whose text goes, from the day on which the first does to that of the last."""
    count, first, last = letters_with_words(meeting.id)
    if first is None or last is None:
        return []
    days = [(one + current_app.config["LETTERS_KEPT"]).astimezone(meeting.tz).date() for one in (first, last)]
    return [Going(days[0], days[1], [in_words(EMAILS, count)])]
