from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.badges.printing.layouts import LAYOUTS, Size
from eventapp.badges.queries import Choice
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.models import Meeting
from eventapp.registration.lists.by_answers import Answers


class ChoiceForm(Form):
    """Which badges; and a size for this time, where they do not come out as their layouts say."""

    category = SelectField(_l("Category"))
    answer = Answers()
    size = SelectField(_l("Size"))
    printed = BooleanField(_l("Printed before as well"))

    def __init__(self, typed: MultiDict[str, str], meeting: Meeting) -> None:
        super().__init__(typed)
        self.category.data = typed.get("category", "")
        self.size.data = typed.get("size", "")
        self.references = tuple(typed.getlist("pick"))
        self.category.choices = [
            SelectChoice("", _("All categories")),
            *(SelectChoice(category.code, category.name) for category in meeting.categories),
        ]
        self.size.choices = [
            SelectChoice("", _("As the layouts say")),
            *(SelectChoice(size.value, str(layout.label)) for size, layout in LAYOUTS.items()),
        ]

    def choice(self) -> Choice:
        """What was chosen; people picked by reference are printed whether they were before or not."""
        return Choice(
            category=self.category.data or "",
            answer=self.answer.data or "",
            unprinted=not self.printed.data and not self.references,
            references=self.references,
        )

    def paper(self) -> Size | None:
        """The size that was chosen for all; None where each is printed as its layout says."""
        return Size(self.size.data) if self.size.data in LAYOUTS else None


class ReissueForm(Form):
    """Why a badge is issued again."""

    replaced = HiddenField()  # how many were, when the page was drawn
    because = Line(_l("Why a new badge"), required=_l("Say why, for example: badge lost"), most=200)
