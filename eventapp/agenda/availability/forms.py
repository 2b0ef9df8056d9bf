"""When somebody can take part, or a room is open, day by day, as it is typed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from wtforms import Field, SelectField

from eventapp.agenda.availability.content import BUT, FREE, ONLY, STATES, DayHours, from_rows
from eventapp.agenda.availability.models import Availability
from eventapp.agenda.sessions.when import CLOCK, clock_of, picks
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Typed
from eventapp.ground.web.typed_fields import Clock
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.term import Term, choices

TIMED = (ONLY, BUT)
Chosen = TypeVar("Chosen", bound="DaysForm")


class DaysForm(Seen):
    """A state for each day of the meeting, and two times where it asks for them; made by `days_form`."""

    days: tuple[date, ...] = ()

    @property
    def rows(self) -> list[tuple[date, Field, Field, Field]]:
        """Each day with its fields."""
        return [
            (day, self[f"state_{number}"], self[f"starts_{number}"], self[f"ends_{number}"])
            for number, day in enumerate(self.days)
        ]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether each day that asks for times has two, the second after the first."""
        sound = bool(super().validate())
        for _day, state, starts, ends in self.rows:
            if state.data not in TIMED:
                continue
            missing = next((one for one in (starts, ends) if not one.data), None)
            if missing is not None:
                missing.errors, sound = [_("Write both times.")], False
            elif all(CLOCK.fullmatch(one.data) for one in (starts, ends)) and clock_of(ends.data) <= clock_of(
                starts.data
            ):
                ends.errors, sound = [_("It ends before it begins. Write a later time.")], False
        return sound

    def said(self) -> list[DayHours]:
        """What was typed, once it is sound: the days that are not free."""
        return [
            DayHours(day.isoformat(), state.data, *((starts.data, ends.data) if state.data in TIMED else ()))
            for day, state, starts, ends in self.rows
            if state.data != FREE
        ]


class AvailabilityForm(DaysForm):
    """When somebody can take part, with a remark; made by `form_for`."""

    remark = Line(_l("Remark"), most=500)


def form_for(meeting: Meeting, row: Availability | None, typed: Typed = None) -> AvailabilityForm:
    """The days as they stand, or as they were typed."""
    form = days_form(AvailabilityForm, meeting, row.days if row else [], STATES, typed)
    if typed is None:
        form.remark.data = row.remark if row else ""
    return form


def days_form(
    base: type[Chosen], meeting: Meeting, rows: Iterable[Record], states: Mapping[str, Term], typed: Typed = None
) -> Chosen:
    """A form of this kind with fields for each day: as they stand in these rows, or as they were typed."""
    length = (meeting.ends_on - meeting.starts_on).days + 1
    days = tuple(meeting.starts_on + timedelta(days=number) for number in range(length))
    known = {one.day: one for one in from_rows(rows)}
    fields: dict[str, object] = {"days": days}
    values: dict[str, str] = {}
    for number, day in enumerate(days):
        fields[f"state_{number}"] = SelectField(_l("That day"), choices=picks(choices(states)))
        fields[f"starts_{number}"] = Clock(_l("From"))
        fields[f"ends_{number}"] = Clock(_l("Until"))
        stands = known.get(day.isoformat())
        values[f"state_{number}"] = stands.state if stands else FREE
        values[f"starts_{number}"] = stands.starts if stands else ""
        values[f"ends_{number}"] = stands.ends if stands else ""
    made = type(base.__name__, (base,), fields)
    form: Chosen = made(typed, data=values)
    return form
