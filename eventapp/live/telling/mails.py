from collections.abc import Sequence
from functools import cache

from flask import current_app

from eventapp.agenda.exports.ical import calendar
from eventapp.agenda.mails import sessions_changed
from eventapp.agenda.releases.content import Published
from eventapp.agenda.releases.difference import Change
from eventapp.mail.actions import enclose
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

ICS = "text/calendar; charset=utf-8; method=PUBLISH"


class Entries:
    """The calendar entries of an agenda: each is written once in each language, however many people get it."""

    def __init__(self, agenda: Published) -> None:
        self.agenda = agenda
        self.spoken = cache(agenda.for_reader)
        self.of = cache(self.written)

    def written(self, code: str, language: str) -> bytes:
        spoken = self.spoken(language)
        return calendar(spoken, current_app.config["BASE_URL"], sessions=[spoken.by_code[code]])


def live_change(meeting: Meeting, person: Person, entries: Entries, changes: Sequence[Change]) -> Letter:
    """Tells a person which of their sessions are at another time or off, with a calendar entry for each."""
    theirs = [(one, entries.agenda.by_code[one.code]) for one in changes]
    made = sessions_changed(meeting, person, theirs)
    for one in changes:
        enclose(made, f"{meeting.slug}-{one.code}.ics", entries.of(one.code, person.language), ICS)
    return made
