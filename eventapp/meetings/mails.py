from collections.abc import Mapping

from eventapp.ground.db.types import Record
from eventapp.ground.text.worded import text_in
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def frame(meeting: Meeting, language: str) -> Record:
    """What stands at the head and the foot of every letter of this meeting, for a reader of this language."""
    name, illustrative = (text_in(meeting, column, language)[0] for column in ("short_title", "illustrative"))
    return {"meeting_name": name, "illustrative": illustrative, "contact": meeting.contact_email}


def letter(
    template: str,
    meeting: Meeting,
    person: Person,
    words: Mapping[str, object],
    *,
    about: str,
    called: str = "",
    dedupe: str | None = None,
) -> Letter:
    """A letter of this meeting to a person, in their language, with the meeting's name and contact.

    `called` is the name it calls them by, where that is not their own.
    """
    return compose(
        template,
        to=person.email,
        to_name=called or person.name,
        language=person.language,
        about=about,
        dedupe=dedupe,
        meeting_id=meeting.id,
        **frame(meeting, person.language),
        meeting=meeting,
        **words,
    )
