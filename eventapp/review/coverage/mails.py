from collections.abc import Sequence

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.review.coverage.figures import Row
from eventapp.vocabulary.lines import ACTION_LINES

LETTER = "review/mail/gaps.txt"


def gaps(
    session: Session, leader: SpeakingRole, rows: Sequence[Row], counted: Sequence[object], *, dedupe: str
) -> Letter:
    """To the moderator of the next session: what the Matrix expects and nobody said, of what was `counted`."""
    meeting, person = session.meeting, leader.person
    if person is None:
        message = "a letter needs somebody to go to"
        raise ValueError(message)
    words = {"session": session, "leader": leader, "rows": rows, "counted": counted, "lines": ACTION_LINES}
    return letter(LETTER, meeting, person, words, about=f"session:{session.id}", dedupe=dedupe)
