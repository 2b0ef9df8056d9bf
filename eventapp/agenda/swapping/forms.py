"""Which two sessions change places, and why."""

from collections.abc import Mapping
from functools import cached_property

from wtforms import Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.agenda.swapping.queries import Beside, session_beside, sessions_beside
from eventapp.ground.text.dates import day, local, zone_label
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.models import Meeting


class SwapForm(Form):
    """The session to change places with."""

    other = SelectField(_l("Swap with"), validate_choice=False)
    reason = Line(_l("Reason"), most=500)
    seen = HiddenField()

    def __init__(self, *args: object, session: Session, **more: object) -> None:
        super().__init__(*args, **more)
        self.session = session
        self.there = sessions_beside(session)
        self.other.choices = by_day(self.there, session.meeting)

    @cached_property
    def chosen(self) -> Session | None:
        """The session that was chosen."""
        return session_beside(self.session, self.other.data or "")

    def validate_other(self, _field: Field) -> None:
        """It is one of those offered."""
        if self.chosen is None:
            raise ValidationError(_("Choose a session that has a time."))


def by_day(there: list[Beside], meeting: Meeting) -> dict[str, list[SelectChoice]]:
    """The sessions to choose from under their days: day and zone are written once, and not 2,500 times."""
    rooms = {room.id: worded(room, "name") for room in meeting.rooms}
    days = {}
    found: dict[str, list[SelectChoice]] = {}
    for one in there:
        first, last = local(one.starts_at, meeting.tz), local(one.ends_at, meeting.tz)
        on = first.date(), first.utcoffset()
        if on not in days:
            days[on] = f"{day(first)} ({zone_label(meeting.tz, one.starts_at)})"
        until = f"{last:%H:%M}" if last.date() == first.date() else f"{day(last)} {last:%H:%M}"
        found.setdefault(days[on], []).append(SelectChoice(one.code, called(one, f"{first:%H:%M}–{until}", rooms)))
    return found


def called(one: Beside, when: str, rooms: Mapping[int, str]) -> str:
    """A session as the list has it: its code and title, when it is and where."""
    room = rooms[one.room_id] if one.room_id else _("no room")
    return f"{one.code} {worded(one, 'title')}, {when}, {room}"
