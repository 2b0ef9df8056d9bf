"""One line of what somebody offers or needs."""

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.meetings.themes.queries import themes_of
from eventapp.networking.offers.actions import Wanted, speaks_for_delegation
from eventapp.networking.offers.models import GOAL, LONGEST, NEED, OFFER, NetworkingLine
from eventapp.registration.models import Registration

KIND_WORDS = ((OFFER, _l("I offer")), (NEED, _l("I need")))


class LineForm(Form):
    """A line with what it is about."""

    kind = SelectField(_l("Offer or need"), choices=[SelectChoice(*one) for one in KIND_WORDS])
    text = Line(_l("In one line"), required=_l("Write in one line what you offer or need."), most=LONGEST)
    themes = SelectMultipleField(_l("Action lines"))
    goals = SelectMultipleField(_l("Goals"), coerce=int)
    for_delegation = BooleanField()

    def __init__(self, typed: Typed, registration: Registration, **values: object) -> None:
        super().__init__(typed, **values)
        themes = themes_of(registration.meeting)
        self.themes.label.text = themes.heading
        self.themes.choices = [(code, line.label) for code, line in themes.lines.items()]
        self.goals.choices = [(number, goal.label) for number, goal in themes.goals.items()]
        self.for_delegation.label.text = _("In the name of %(delegation)s", delegation=registration.delegation.label)
        self.may_speak = speaks_for_delegation(registration)

    def wanted(self, kind: str = "") -> Wanted:
        """What was typed; a line that is there stays what it is."""
        themes, goals = self.themes.data or (), self.goals.data or ()
        is_ours = bool(self.for_delegation.data and self.may_speak)
        return Wanted(kind or self.kind.data, self.text.data or "", themes, goals, is_ours)


def form_of(line: NetworkingLine, typed: Typed = None) -> LineForm:
    """A line as it stands, or as it was typed."""
    goals = [int(code[1:]) for code in line.codes if is_goal(code)]
    themes = [code for code in line.codes if not is_goal(code)]
    values = {"text": line.text, "kind": line.kind, "for_delegation": line.for_delegation}
    return LineForm(typed, line.registration, themes=themes, goals=goals, **values)


def is_goal(code: str) -> bool:
    return code.startswith(GOAL) and code[1:].isdigit()
