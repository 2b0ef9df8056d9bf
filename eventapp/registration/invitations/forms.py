"""Whom an organizer invites: people, one in each line, or a group."""

from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import LINE_LENGTH
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Text, Typed, WholeNumber
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.addresses import fault_in_address
from eventapp.registration.invitations.actions import Guest, Terms

MOST_GUESTS = 50
PARTS = 3


class TermsForm(Form):
    """As what they come."""

    kind = SelectField(_l("Type of participant"))
    skips_approval = BooleanField(_l("No organizer has to approve them"))

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.categories = {one.code: one for one in categories_of(meeting)}
        self.kind.choices = [SelectChoice(code, worded(one, "name")) for code, one in self.categories.items()]

    def terms(self, language: str = "en") -> Terms:
        """What was typed."""
        return Terms(self.categories[self.kind.data], bool(self.skips_approval.data), language)


class GuestsForm(TermsForm):
    """People, one in each line."""

    guests = Text(_l("People, one in each line"), required=_l("Write whom to invite."), most=20_000)
    language = SelectField(
        _l("Language of the letter"), choices=[SelectChoice(*one) for one in LANGUAGES.items()], default="en"
    )
    key = HiddenField()

    def validate_guests(self, _field: Field) -> None:
        self.people()

    def people(self) -> list[Guest]:
        """Whom these lines name; the first that is wrong is a fault."""
        lines = [(number, line) for number, line in enumerate((self.guests.data or "").splitlines(), 1) if line.strip()]
        if len(lines) > MOST_GUESTS:
            raise ValidationError(_("Invite %(most)s people at a time at most.", most=MOST_GUESTS))
        return [guest_in(number, line) for number, line in lines]


class CodeForm(Form):
    """The code of a group, as somebody was given it."""

    code = Line(_l("Code of your group"), required=_l("Type the code."), most=40)


class GroupForm(TermsForm):
    """A link for a group."""

    group = Line(_l("What the group is called"), required=_l("Write what the group is called."), most=200)
    most_uses = WholeNumber(_l("How many may register by it"), required=_l("Write how many."))


def guest_in(number: int, line: str) -> Guest:
    """Whom this line names: given names; family name; address."""
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    if len(parts) != PARTS or not parts[1] or max(map(len, parts[:2])) > LINE_LENGTH // 2:
        raise ValidationError(_("Line %(number)s: write given names; family name; address.", number=number))
    fault = fault_in_address(parts[2])
    if fault:
        raise ValidationError(_("Line %(number)s: %(fault)s", number=number, fault=fault))
    return Guest(*parts)
