"""What a meeting asks consent to as a package says it, and back."""

from collections.abc import Iterator
from datetime import datetime

from eventapp.ground.text.languages import LANGUAGES
from eventapp.meetings.consents.actions import reword_consents
from eventapp.meetings.consents.queries import consents_of
from eventapp.meetings.consents.words import LONGEST, SHIPPED, own_among
from eventapp.meetings.models import Meeting
from eventapp.package.export.place import Consents
from eventapp.package.manifest import content
from eventapp.people.models import Person


def consents_leaving(meeting: Meeting) -> tuple[Consents, ...]:
    """The consents that stand in words of the meeting's own, by language; of their versions the newest alone."""
    return tuple(Consents(one.language, **one.texts) for one in consents_of(meeting.id) if one.texts)


def texts_in(one: Consents) -> dict[str, str]:
    return {name: text for name in SHIPPED if (text := getattr(one, name))}


def loose_consents(meeting: content.Meeting) -> Iterator[str]:
    """Consents in no language of the form, and words that no form of ours would keep."""
    for one in meeting.consents:
        texts = texts_in(one)
        is_kept = one.language in LANGUAGES and texts and own_among(texts, one.language) == texts
        if not is_kept or any(len(text) > LONGEST for text in texts.values()):
            yield f"meeting.consents: {one.language!a}"


def consents_from(one: content.Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Let the meeting ask for consent as the package says."""
    for each in one.consents:
        reword_consents(meeting, each.language, texts_in(each), by=by, at=at)
