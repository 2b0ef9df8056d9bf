from collections.abc import Mapping

from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


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
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        meeting=meeting,
        **words,
    )
