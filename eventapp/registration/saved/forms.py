from collections.abc import Mapping

from wtforms import SelectMultipleField

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.registration.lists.columns import chosen


class ViewForm(Form):
    """Which columns the list has, and the name to keep it under."""

    columns = SelectMultipleField(_l("Columns beside the name"), validate_choice=False)
    name = Line(_l("Name of the view"), most=60)

    def __init__(self, typed: Typed, offered: Mapping[str, str], *, keeps: bool = False, **values: object) -> None:
        super().__init__(typed, **values)
        self.columns.choices = list(offered.items())
        self.keeps = keeps

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that were ticked."""
        offered = dict(self.columns.choices or ())
        return tuple(code for code in chosen(self.columns.data or ()) if code in offered)

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is a column, and a name where the view is to be kept."""
        sound = bool(super().validate())
        if not self.chosen:
            self.columns.errors = [_("Tick a column.")]
        if self.keeps and not self.name.data and not self.name.errors:
            self.name.errors = [_("Write a name to keep the view under.")]
        return sound and not self.faults
