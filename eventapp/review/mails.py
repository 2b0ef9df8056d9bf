from collections.abc import Sequence
from typing import Any

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.review.coverage import Row
from eventapp.vocabulary.lines import ACTION_LINES

LETTER = "review/mail/gaps.txt"


def gaps(session: Session, leader: SpeakingRole, rows: Sequence[Row], counted: Sequence[Any], *, dedupe: str) -> Letter:
    """To the moderator of the next session: what the Matrix expects and nobody said, of what was `counted`."""
    meeting, person = session.meeting, leader.person
    if person is None:
        message = "a letter needs somebody to go to"
        raise ValueError(message)
    return compose(
        LETTER,
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"session:{session.id}",
        meeting_id=meeting.id,
        dedupe=dedupe,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        session=session,
        leader=leader,
        meeting=meeting,
        rows=rows,
        counted=counted,
        lines=ACTION_LINES,
    )
