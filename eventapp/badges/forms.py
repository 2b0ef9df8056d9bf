from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from eventapp.badges.printing.layouts import LAYOUTS, PARTS, Size
from eventapp.badges.queries import Choice
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.models import Meeting
from eventapp.registration.lists.by_answers import Answers


class ChoiceForm(Form):
    """Which badges, in which size."""

    category = SelectField(_l("Category"))
    answer = Answers()
    size = SelectField(_l("Size"), default=Size.SHEET.value)
    parts = SelectMultipleField(_l("On the badge, beside name, State or body, category and code"))
    printed = BooleanField(_l("Printed before as well"))

    def __init__(self, typed: MultiDict[str, str], meeting: Meeting) -> None:
        super().__init__(typed)
        usual = meeting.badge_layout
        self.category.data = typed.get("category", "")
        self.size.data = typed.get("size", usual.get("size", Size.SHEET.value))
        if "size" not in typed:  # nothing was chosen yet: as it was printed last
            self.parts.data = usual.get("parts", list(PARTS))
        self.parts.choices = [(name, str(label)) for name, label in PARTS.items()]
        self.references = tuple(typed.getlist("pick"))
        self.category.choices = [
            SelectChoice("", _("All categories")),
            *(SelectChoice(category.code, category.name) for category in meeting.categories),
        ]
        self.size.choices = [SelectChoice(size.value, str(layout.label)) for size, layout in LAYOUTS.items()]

    def choice(self) -> Choice:
        """What was chosen; people picked by reference are printed whether they were before or not."""
        return Choice(
            category=self.category.data or "",
            answer=self.answer.data or "",
            unprinted=not self.printed.data and not self.references,
            references=self.references,
        )

    def paper(self) -> Size:
        """The size that was chosen."""
        return Size(self.size.data) if self.size.data in set(Size) else Size.SHEET


class ReissueForm(Form):
    """Why a badge is issued again."""

    replaced = HiddenField()  # how many were, when the page was drawn
    because = Line(_l("Why a new badge"), required=_l("Say why, for example: badge lost"), most=200)
