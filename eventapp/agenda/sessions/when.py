"""When and where a session is, as an organizer types it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from eventapp.agenda.models import Session
from eventapp.ground.text.dates import day as in_words
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line
from eventapp.ground.web.typed_fields import Clock
from eventapp.meetings.local_time import NotAMoment, comes_twice, moment_of
from eventapp.meetings.models import Meeting

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
NOON, MORNING = time(12), time(6)  # what begins after the one may end before the other, on the day after
FIRST, SECOND = "first", "second"  # of two hours that clocks show alike
NO_DAY = ""  # of a session that waits for a time
USUAL = time(9), timedelta(hours=1)  # what such a one would have, where nobody says how long it is to be


def clock_of(words: str) -> time:
    """The time of the day that these words are, once they are sound."""
    hour, minute = re.split(r"[:.]", words)
    return time(int(hour), int(minute))


def picks(listed: list[tuple[str, str]], none: str = "") -> list[SelectChoice]:
    first = [SelectChoice("", none)] if none else []
    return [*first, *(SelectChoice(code, label) for code, label in listed)]


class PlaceForm(Seen):
    """When and where: all that moving a session says. Without a day it waits for a time, and needs none."""

    day = SelectField(_l("Day"), validate_choice=False)
    starts = Clock(_l("From"), required=_l("Write when it begins."))
    ends = Clock(_l("Until"), required=_l("Write when it ends."))
    room = SelectField(_l("Room"), validate_choice=False)
    twice = RadioField(
        _l("The clocks go back that night: which of the two hours?"),
        choices=[SelectChoice(FIRST, _l("The first one")), SelectChoice(SECOND, _l("The second one"))],
        validate_choice=False,
    )

    asks = False

    def __init__(self, *args: object, meeting: Meeting, days: list[date], **more: object) -> None:
        super().__init__(*args, **more)
        self.meeting = meeting
        self.day.choices = picks([(one.isoformat(), self.called(one)) for one in days], _("No time yet"))
        if self.waits:
            for field in (self.starts, self.ends):
                field.validators = [Optional(), *field.validators[1:]]
        rooms = [one for one in meeting.rooms if one.closed_at is None or one.code == self.room.data]
        self.room.choices = picks([(one.code, f"{one.name} ({one.seats})") for one in rooms], _("No room yet"))

    @property
    def waits(self) -> bool:
        """Whether it is to wait for a time."""
        return bool(self.day.data == NO_DAY)

    def called(self, day: date) -> str:
        """A day as the list of days has it; of one that the meeting does not have, the list says so."""
        words = in_words(day)
        is_one = self.meeting.starts_on <= day <= self.meeting.ends_on
        return words if is_one else _("%(day)s, not a day of the meeting", day=words)

    def validate_day(self, field: Field) -> None:
        """The day is one of those offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a day."))

    def validate_room(self, field: Field) -> None:
        """The room is one of those offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a room that is in use."))

    def validate_ends(self, field: Field) -> None:
        """A session ends after it begins, and both times exist where the meeting is."""
        if not CLOCK.fullmatch(self.starts.data or "") or not CLOCK.fullmatch(field.data or ""):
            return  # the field itself says so
        if self.waits:
            if self.length() <= timedelta(0):
                raise ValidationError(_("It ends before it begins. Write a later time."))
            return
        try:
            starts, ends = self.span()
            is_asked = self.comes_twice()
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None
        except ValueError:
            return
        if ends <= starts:
            raise ValidationError(_("It ends before it begins. Write a later time."))
        if is_asked and self.twice.data not in (FIRST, SECOND):
            self.asks = True
            raise ValidationError(
                _("This hour comes twice that night, the clocks go back. Say below which one is meant.")
            )

    @property
    def asks_which(self) -> bool:
        """Whether the page asks which of two hours is meant."""
        return self.asks or self.twice.data in (FIRST, SECOND)

    def clocks(self) -> tuple[datetime, datetime]:
        """From when until when clocks show. What begins after noon may end in the small hours of the next day."""
        day = date.fromisoformat(self.day.data or "")  # a form without one is told to choose
        return self.clocks_of(day)

    def clocks_of(self, day: date) -> tuple[datetime, datetime]:
        starts, ends = clock_of(self.starts.data), clock_of(self.ends.data)
        last = day + timedelta(days=1) if ends <= MORNING and starts >= NOON else day
        return datetime.combine(day, starts), datetime.combine(last, ends)

    def comes_twice(self) -> bool:
        """Whether clocks show one of these times twice."""
        return any(comes_twice(shown, self.meeting.tz) for shown in self.clocks())

    def span(self) -> tuple[datetime, datetime]:
        """From when until when, in UTC; of an hour that comes twice the one that was chosen.

        Of one that waits: nine o'clock on the first day, for as long as the times say that were typed, else an hour.
        """
        if self.waits:
            starts = datetime.combine(self.meeting.starts_on, USUAL[0], self.meeting.tz).astimezone(UTC)
            return starts, starts + self.length()
        starts, ends = (self.moment(shown) for shown in self.clocks())
        return starts, ends

    def length(self) -> timedelta:
        """How long it is to be, by the times that were typed."""
        if not (self.starts.data and self.ends.data):
            return USUAL[1]
        starts, ends = self.clocks_of(self.meeting.starts_on)
        return ends - starts

    def moment(self, shown: datetime) -> datetime:
        second = self.twice.data == SECOND and comes_twice(shown, self.meeting.tz)
        found = moment_of(shown.isoformat(sep=" "), self.meeting.tz)
        return shown.replace(tzinfo=self.meeting.tz, fold=1).astimezone(UTC) if second else found

    def room_id(self) -> int | None:
        """The number of the room that was chosen."""
        return next((one.id for one in self.meeting.rooms if one.code == self.room.data), None)


class MoveForm(PlaceForm):
    """When and where a session is to be, and why it is moved."""

    reason = Line(_l("Reason"), most=500)


def placed(session: Session) -> dict[str, str]:
    """When and where a session is, as the form shows it; of one that waits, where and nothing else."""
    if session.waits:
        return {"day": NO_DAY, "starts": "", "ends": "", "room": session.room.code if session.room else "", "twice": ""}
    starts, ends = session.starts_at.astimezone(session.meeting.tz), session.ends_at.astimezone(session.meeting.tz)
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "room": session.room.code if session.room else "",
        "twice": which_of_two(starts, ends, session.meeting.tz),
    }


def which_of_two(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Which of two hours a session is in that clocks show alike; "" where its times come once."""
    double = [one for one in (starts, ends) if comes_twice(one.replace(tzinfo=None), zone)]
    return "" if not double else SECOND if any(one.fold for one in double) else FIRST
