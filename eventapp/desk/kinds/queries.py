from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.text.i18n import language
from eventapp.meetings.models import Meeting
from eventapp.review.reports.outlines import STANDARD, all_outlines
from eventapp.vocabulary.sessions import CHAPTERS


def sessions_by_kind(meeting: Meeting) -> dict[str, int]:
    """How many sessions there are of each kind, cancelled ones too, by its code. One query."""
    query = select(Session.kind, func.count()).where(Session.meeting_id == meeting.id).group_by(Session.kind)
    return {str(code): int(count) for code, count in db.session.execute(query)}


def chapter_titles() -> dict[str, str]:
    """The chapters that a kind may belong to, by code, as the usual report titles them in the reader's language."""
    titles = {code: term.label for code, term in CHAPTERS.items()}
    usual = all_outlines().get(STANDARD)
    for part in usual.chapters if usual else ():
        titles |= {code: part.title_in(language()) for code in part.sessions}
    return titles
