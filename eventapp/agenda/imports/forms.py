"""The file that an organizer chooses, what the columns of a table are, and how many seats a room has that it names."""

from collections.abc import Mapping

from wtforms import FileField, SelectField
from wtforms.fields import SelectChoice

from eventapp.agenda.imports.tables.columns import FIELDS
from eventapp.agenda.imports.tables.days import ORDERS
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.forms import Form, Typed, WholeNumber
from eventapp.meetings.models import Meeting

COLUMN = "column-"


class ScheduleFileForm(Form):
    """A file of sessions."""

    file = FileField(_l("File with sessions: XML, JSON, iCalendar, CSV or XLSX"))
    texts_in = SelectField(_l("Language of its titles and summaries"), validate_choice=False)

    def __init__(self, meeting: Meeting, sent: Typed = None) -> None:
        super().__init__(sent)
        self.texts_in.choices = [SelectChoice(code, language_named(code)) for code in meeting.text_languages]


class SeatsForm(Form):
    """How many people a new room holds."""

    seats = WholeNumber(_l("Seats of each, where the file says none"), required=_l("Write how many people it holds."))


class ColumnsForm(Form):
    """In which order the days of a table have their figures; what its columns are comes beside it."""

    order = SelectField(_l("Order of day, month and year"), validate_choice=False)

    def __init__(self, sent: Typed = None, **values: object) -> None:
        super().__init__(sent, **values)
        orders = [SelectChoice(code, str(words)) for code, words in ORDERS.items()]
        self.order.choices = [SelectChoice("", _("As the file shows")), *orders]


def columns_sent(sent: Mapping[str, str], many: int) -> list[str]:
    """What each column was said to be; what is no choice is nothing."""
    found = [sent.get(f"{COLUMN}{place}", "") for place in range(many)]
    return [code if code in FIELDS else "" for code in found]
