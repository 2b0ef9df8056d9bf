from datetime import datetime

from eventapp.desk.languages.queries import rows_with_texts, texts_by_language
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import language_named
from eventapp.history.actions import record
from eventapp.meetings.chapters.content import as_records
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import as_record
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.models import Person


def add_language(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Let the texts of the meeting stand in one more language. Refused where they may already."""
    lock(meeting)
    if code in meeting.languages:
        raise Refused(_("%(language)s is there already.", language=language_named(code)), beside="language")
    _set(meeting, [*meeting.languages, code], by=by, at=at)


def take_language_out(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Show the meeting in this language no more; its texts stay and come back with it.

    Refused for the only language, and for the first one where there are texts in the next.
    """
    lock(meeting)
    if meeting.languages == [code]:
        raise Refused(_("A meeting has one language at least. Add another one first."))
    _set(meeting, [one for one in meeting.languages if one != code], by=by, at=at)


def place_language(meeting: Meeting, code: str, place: int, *, by: Person, at: datetime) -> None:
    """Put a language at this place, the first is 1. Refused where one that has texts would become the first."""
    lock(meeting)
    others = [one for one in meeting.languages if one != code]
    others.insert(max(place - 1, 0), code)
    _set(meeting, others, by=by, at=at)


def delete_texts(meeting: Meeting, tongue: str, *, by: Person, at: datetime) -> None:
    """Delete every text in a language that the meeting has no more. Refused while it has it."""
    lock(meeting)
    if tongue in meeting.languages:
        raise Refused(
            _("%(language)s is a language of the meeting. Take it out first.", language=language_named(tongue))
        )
    rows = rows_with_texts(meeting, tongue)
    for row in rows:
        row.texts = {code: words for code, words in row.texts.items() if code != tongue}
    themes = themes_of(meeting)
    named = sum(tongue in texts for texts in themes.own_texts)
    if named:
        meeting.themes = as_record(themes.without(tongue))
    chapters = own_chapters(meeting)
    if titled := sum(tongue in one.texts for one in chapters):
        meeting.chapters = as_records([one.without(tongue) for one in chapters])
    named += titled
    if rows or named:
        meeting.version += 1
        record("removed texts", meeting, by=by, at=at, language=tongue, count=len(rows) + named)


def _set(meeting: Meeting, languages: list[str], *, by: Person, at: datetime) -> None:
    before = list(meeting.languages)
    if languages == before:
        return
    first = languages[0]
    if before and first != before[0] and first in texts_by_language(meeting):
        raise Refused(
            _(
                "What stands in Settings is written in %(first)s, with texts in %(other)s beside it. "
                "So %(first)s stays the first language.",
                first=language_named(before[0]),
                other=language_named(first),
            )
        )
    meeting.languages = languages
    meeting.version += 1
    record("changed meeting", meeting, by=by, at=at, changes={"languages": [before, languages]})
