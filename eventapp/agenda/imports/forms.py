"""The file that an organizer chooses, and how many seats a room has that it names."""

from wtforms import FileField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, WholeNumber


class ScheduleFileForm(Form):
    """A file of sessions."""

    file = FileField(_l("File with sessions: XML, JSON or iCalendar"))


class SeatsForm(Form):
    """How many people a new room holds."""

    seats = WholeNumber(_l("Seats of each, where the file says none"), required=_l("Write how many people it holds."))
