from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import current_app
from flask_babel import force_locale

from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import days
from eventapp.ground.text.worded import text_in, worded
from eventapp.mail.compose import compose, one_line
from eventapp.mail.models import Letter
from eventapp.mail.placeholders import filled, marked
from eventapp.meetings.models import Meeting
from eventapp.meetings.wordings.letters import KINDS, Kind
from eventapp.meetings.wordings.models import Wording
from eventapp.meetings.wordings.queries import wording_of

REWORDED = "meetings/mail/reworded.txt"


class Reader(Protocol):
    """Whom to write to, and in which language."""

    @property
    def email(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Outsider:
    """Somebody who gets a letter and is nobody we know more of."""

    email: str
    name: str
    language: str = "en"


def frame(meeting: Meeting, language: str) -> Record:
    """What stands at the head and the foot of every letter of this meeting, for a reader of this language."""
    name, illustrative = (text_in(meeting, column, language)[0] for column in ("short_title", "illustrative"))
    return {"meeting_name": name, "illustrative": illustrative, "contact": meeting.contact_email}


def around(meeting: Meeting) -> dict[str, str]:
    """What stands for the words in braces that are the same in every letter of a meeting, in the language of now."""
    return {
        "meeting": worded(meeting, "title"),
        "meeting_name": worded(meeting, "short_title"),
        "dates": days(meeting.starts_on, meeting.ends_on),
        "venue": worded(meeting, "venue"),
        "city": worded(meeting, "city"),
        "contact": meeting.contact_email,
    }


def letter(
    name: str,
    meeting: Meeting,
    reader: Reader,
    words: Mapping[str, object],
    *,
    about: str,
    called: str = "",
    dedupe: str | None = None,
) -> Letter:
    """One of the letters on the list, in the reader's language and in the meeting's own words where it has some.

    `words` has a value for each word that may stand in braces, in that language, and what the template asks for beside
    them. `called` is the name it calls the reader by, where that is not their own.
    """
    own = wording_of(meeting.id, name, reader.language)
    return written(own, name, meeting, reader, words, about=about, called=called, dedupe=dedupe)


def written(
    row: Wording | None,
    name: str,
    meeting: Meeting,
    reader: Reader,
    words: Mapping[str, object],
    *,
    about: str,
    called: str = "",
    dedupe: str | None = None,
) -> Letter:
    """The same in these words, saved or not; in the shipped ones where there are none."""
    kind, language = KINDS[name], reader.language
    to_name = one_line(called or reader.name)
    with force_locale(language):
        words = {**around(meeting), "name": to_name, **words}
    values = {word: str(words[word]) for word in kind.words}
    made = compose(
        REWORDED if row else kind.template,
        to=reader.email,
        to_name=to_name,
        language=language,
        about=about,
        dedupe=dedupe,
        meeting_id=meeting.id,
        **{**frame(meeting, language), **words, **values, **(own_words(row, kind, values) if row else {})},
    )
    made.kind = kind.template
    return made


def own_words(row: Wording, kind: Kind, values: Mapping[str, str]) -> Record:
    """The meeting's own subject and text, filled in; what has to stay is added where they leave it out."""
    left_out = [word for word in kind.stays if f"{{{word}}}" not in row.text]
    text = "\n\n".join((row.text, *(f"{{{word}}}" for word in left_out)))
    subject, text = (filled(marked(one, kind.words), values) for one in (row.subject, text))
    return {"own_subject": subject, "own_text": text}


def address(path: str) -> str:
    """The whole address of a page, for letters."""
    return f"{current_app.config['BASE_URL']}/{path}"
