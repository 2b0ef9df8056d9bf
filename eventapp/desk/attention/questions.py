"""All questions, and their answers in order of urgency."""

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import func, select

from eventapp.desk.attention.agenda import off_wall, slots_off_wall, unpublished
from eventapp.desk.attention.day import letters_of_the_day, without_notices
from eventapp.desk.attention.lines import TONES, Line, Look, Question
from eventapp.desk.attention.people import (
    amended,
    declined,
    unaccredited,
    unanswered,
    unchecked,
    undecided,
    unnamed,
)
from eventapp.desk.attention.records import uncleared, unwritten, without_rapporteur
from eventapp.desk.attention.speakers import unregistered
from eventapp.desk.attention.waiting_list import waiting_list
from eventapp.desk.queries import unreached
from eventapp.desk.texts.queries import lacking
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.models import FAILED, Letter


def attention(look: Look) -> list[Line]:
    """Everything that needs attention, the most urgent first: what is wrong, then what waits, each by the clock."""
    lines = [line for question in QUESTIONS for line in question(look)]
    return sorted(lines, key=lambda line: (TONES.index(line.tone), line.at))


def unsent(look: Look) -> Iterator[Line]:
    """Emails that could not be sent."""
    query = (
        select(Letter.last_error, func.count(), func.max(Letter.posted_at))
        .where(Letter.meeting_id == look.meeting.id, Letter.state == FAILED)
        .group_by(Letter.last_error)
        .order_by(func.count().desc())
    )
    rows = list(db.session.execute(query))
    if rows:
        unsaid = _("no reason was given")
        yield Line(
            tone="off",
            when=look.clock(max(row[2] for row in rows)),
            at=max(row[2] for row in rows),
            what=ngettext("%(num)d email did not leave", "%(num)d emails did not leave", sum(row[1] for row in rows)),
            why=", ".join(f"{row[0] or unsaid} ({row[1]})" for row in rows[:3]),
            verb=_("See emails"),
            endpoint="desk.letters",
            values={"state": FAILED},
        )


def failing(look: Look) -> Iterator[Line]:
    """People who get no letters: their addresses fail."""
    people = unreached(look.meeting).with_only_columns(func.count(), func.max(FailingAddress.failed_at)).order_by(None)
    count, last = db.session.execute(people).one()
    if count:
        yield Line(
            tone="wait",
            when=look.clock(last),
            at=last,
            what=ngettext("%(num)d person gets no letters", "%(num)d people get no letters", count),
            why=_("Mail servers refuse their addresses. Messages leave them out."),
            verb=_("See the addresses"),
            endpoint="desk.failing",
        )


def untranslated(look: Look) -> Iterator[Line]:
    """Texts that a public meeting does not have in all of its languages, until it begins."""
    begins = datetime.combine(look.meeting.starts_on, time(), look.meeting.tz)
    missing = lacking(look.meeting) if look.meeting.is_published and look.at < begins else []
    if missing:
        yield Line(
            tone="off",
            when=look.clock(begins),
            at=begins,
            what=", ".join(missing),
            why=_("Readers see them as they were written, or in older words."),
            verb=_("Write them"),
            endpoint="texts.index",
        )


OF_SESSIONS = (unwritten, without_rapporteur, undecided, amended, letters_of_the_day)
QUESTIONS: tuple[Question, ...] = (
    *(*OF_SESSIONS, off_wall, slots_off_wall, unpublished, unaccredited, unchecked, uncleared, unanswered, declined),
    *(unregistered, waiting_list, unnamed, unsent, failing, without_notices, untranslated),
)
