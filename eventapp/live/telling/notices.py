"""What a browser shows of live changes: a title, one sentence, and the public agenda behind it."""

from collections.abc import Sequence

from flask_babel import force_locale

from eventapp.agenda.news import sentence
from eventapp.agenda.releases.content import Published
from eventapp.agenda.releases.difference import Change
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def notice_of(
    meeting: Meeting, person: Person, agenda: Published | None, changes: Sequence[Change]
) -> tuple[str, str, str]:
    """Title, sentence and path of the page, in the language of the person."""
    with force_locale(person.language):
        rooms = {room.code: worded(room, "name") for room in meeting.rooms}
        first = changes[0]
        name = worded(agenda.by_code[first.code], "title") if agenda else first.title
        words = _("%(title)s: %(what)s", title=name[:200], what=sentence(first, meeting.tz, rooms))
        if len(changes) > 1:
            more = len(changes) - 1
            words += " " + ngettext("%(num)s more session changed.", "%(num)s more sessions changed.", more)
        return worded(meeting, "short_title"), words, f"/meetings/{meeting.slug}/agenda"
