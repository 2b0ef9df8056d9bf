"""Fields of days, times and colours that are typed as people write them, or chosen in the picker beside them."""

from collections.abc import Callable
from datetime import datetime

from wtforms import Form as PlainForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.languages import writes_month_first
from eventapp.ground.text.policy import LINE_LENGTH
from eventapp.ground.text.typed import clock_in, colour_in, moment_in
from eventapp.ground.web.forms import Check, Day, Label, Line

SHORTEST_MOMENT = len("2016-10-04")


class TypedDay(Day):
    """A day that is typed, or chosen in the picker beside it."""

    widget = TextInput()

    def __init__(self, label: Label, *given: object, **more: object) -> None:
        super().__init__(label, *given, render_kw=beside("date", _l("Choose a day")), **more)


def beside(kind: str, label: LazyString) -> dict[str, object]:
    """What house/picker.js makes a picker of, beside a field that is typed in."""
    return {"data-picker": kind, "data-picker-label": label}


class Understood(Line):
    """One line that is made into the one form that is kept, where it is understood; else it stays as it was typed."""

    wrong: LazyString
    picker: dict[str, object]
    understood: Callable[[str], str | None]  # the words in the form that is kept; None where they are not understood

    def __init__(
        self, label: Label, *, required: Label | None = None, checks: tuple[Check, ...] = (), **more: object
    ) -> None:
        super().__init__(label, required=required, most=LINE_LENGTH, checks=checks, render_kw=self.picker, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed, in the form that is kept."""
        super().process_formdata(valuelist)
        if valuelist and self.data:
            self.data = self.understood(self.data) or self.data
            self.raw_data = [self.data]

    def pre_validate(self, _form: PlainForm) -> None:
        """What is not understood is told with what would be."""
        if self.data and self.understood(self.data) is None:
            raise StopValidation(str(self.wrong))


class Moment(Understood):
    """A day and a time, as 2016-10-04 09:00; an offset from UTC and seconds may be typed too."""

    picker = beside("datetime-local", _l("Choose a day and a time"))

    wrong = _l("Write a day and a time, such as 4 Oct 2016 09:00, 18/10/2016 9am or 2016-10-04 09:00.")

    def understood(self, words: str) -> str | None:
        """The moment as 2016-10-04 09:00."""
        found = moment_in(words, month_first=writes_month_first())
        if found is not None:
            return found.isoformat(sep=" ", timespec="minutes")
        try:
            return words if len(words) > SHORTEST_MOMENT and datetime.fromisoformat(words) else None
        except ValueError:
            return None


class Clock(Understood):
    """A time of the day, as 09:00."""

    picker = beside("time", _l("Choose a time"))

    wrong = _l("Write a time of the day, such as 09:30, 9.30 or 9:30 pm.")

    def understood(self, words: str) -> str | None:
        """The time as 09:00."""
        found = clock_in(words)
        return f"{found:%H:%M}" if found else None


class Colour(Understood):
    """A colour, as #123f7a."""

    picker = beside("color", _l("Choose a colour"))

    wrong = _l("Write a colour such as dark blue, #123f7a or rgb 18 63 122.")

    def understood(self, words: str) -> str | None:
        """The colour as #123f7a."""
        return colour_in(words)
