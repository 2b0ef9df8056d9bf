from flask_babel import force_locale

from eventapp.agenda.mails import session_in_words
from eventapp.agenda.models import Session
from eventapp.ground.text.dates import moment
from eventapp.ground.text.i18n import ngettext
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.people.models import Person


def nudge(session: Session, person: Person, count: int) -> Letter:
    """To a rapporteur, half an hour after the end: the session was not handed in yet. `count` notes are there."""
    meeting = session.meeting
    with force_locale(person.language):
        words = {
            **session_in_words(session),
            "when": moment(session.ends_at, meeting.zone),
            "notes": ngettext("It has %(num)s note.", "It has %(num)s notes.", count),
            "link": address(f"meetings/{meeting.slug}/record/{session.code}/submission"),
        }
    return letter("nudge", meeting, person, words, about=f"session:{session.id}")
