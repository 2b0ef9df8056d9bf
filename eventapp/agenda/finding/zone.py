"""The zone that a reader wants the times of the agenda in."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from wtforms import Field
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.local_time import zone_called
from eventapp.meetings.models import Meeting

COMMON = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Fiji")
TYPED = "named"  # in the address; `zone` is one that was chosen


def is_known(_form: PlainForm, field: Field) -> None:
    """A check that a zone of the world is called so."""
    if not zone_called(field.data):
        raise ValidationError(_("No time zone is called “%(name)s”. Write a city that has one.", name=field.data))


class ZoneForm(Form):
    """Any zone of the world, by typing."""

    named = Line(_l("City or name of the zone"), required=_l("Write a city."), most=80, checks=(is_known,))


def zone_asked(meeting: Meeting, asked: Mapping[str, str]) -> tuple[str, ZoneForm]:
    """The zone an address asks for, else the meeting's; and the form, with what is wrong where a zone was typed."""
    form = ZoneForm(asked)
    if TYPED in asked:
        return (zone_called(form.named.data or "") if form.validate() else meeting.zone), form
    wished = asked.get("zone", "")
    return (wished if wished and wished in available_timezones() else meeting.zone), form
