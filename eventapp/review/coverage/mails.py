from collections.abc import Sequence

from flask_babel import force_locale

from eventapp.agenda.mails import session_in_words
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.text.i18n import _
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.meetings.themes.content import Lines
from eventapp.meetings.themes.queries import themes_of
from eventapp.meetings.wordings.letters import KINDS
from eventapp.review.coverage.figures import Row

LETTER = KINDS["gaps"].template


def gaps(
    session: Session, leader: SpeakingRole, rows: Sequence[Row], counted: Sequence[object], *, dedupe: str
) -> Letter:
    """To the moderator of the next session: what the Matrix expects and nobody said, of what was `counted`."""
    meeting, person, lines = session.meeting, leader.person, themes_of(session.meeting).lines
    if person is None:
        message = "a letter needs somebody to go to"
        raise ValueError(message)
    with force_locale(person.language):
        words = {
            **session_in_words(session),
            "subjects": "\n".join(subject(row, lines) for row in rows),
            "counted": _("Only these notes were counted: %(which)s.", which=listed(counted)) if counted else "",
            "link": address(f"meetings/{meeting.slug}/sessions/{session.code}"),
        }
    return letter("gaps", meeting, person, words, about=f"session:{session.id}", called=leader.name, dedupe=dedupe)


def subject(row: Row, lines: Lines) -> str:
    """One action line, and the goals that nobody spoke to."""
    goals = _("Goals %(goals)s", goals=listed(row.open_goals))
    return f"– {lines[row.line].label}: {goals}"


def listed(values: Sequence[object]) -> str:
    return ", ".join(map(str, values))
