from wtforms import SelectMultipleField

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.registration.lists.columns import COLUMNS, chosen


class ViewForm(Form):
    """Which columns the list has, and the name to keep it under."""

    columns = SelectMultipleField(_l("Columns beside the name"), validate_choice=False)
    name = Line(_l("Name of the view"), most=60)

    def __init__(self, typed: Typed, *, keeps: bool = False, **values: object) -> None:
        super().__init__(typed, **values)
        self.columns.choices = [(code, str(label)) for code, label in COLUMNS.items()]
        self.keeps = keeps

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that were ticked."""
        return chosen(self.columns.data or ())

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is a column, and a name where the view is to be kept."""
        sound = bool(super().validate())
        if not self.chosen:
            self.columns.errors = [_("Tick a column.")]
        if self.keeps and not self.name.data and not self.name.errors:
            self.name.errors = [_("Write a name to keep the view under.")]
        return sound and not self.faults
