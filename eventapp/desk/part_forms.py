"""What an organizer types about a category, a body, a room or a person of the staff."""

import re

from wtforms import BooleanField, Field, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import LazyString, _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Check, Form, Line, WholeNumber
from eventapp.ground.web.typed_fields import Colour
from eventapp.meetings.colours import is_readable
from eventapp.meetings.facts import BodyFacts, CategoryFacts, RoomFacts
from eventapp.people.addresses import AddressLine
from eventapp.vocabulary.participants import CREDENTIALS, SHAPES, STAFF, STAKEHOLDER_TYPES
from eventapp.vocabulary.term import choices, terms

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LINK = re.compile(r"https?://\S+")
REPRESENTS = terms(
    ("member", _l("A member State")),
    ("associate", _l("An associate member")),
    ("state", _l("Any other State")),
    ("organization", _l("An organization")),
)


def shaped(pattern: re.Pattern[str], says: LazyString) -> Check:
    """A check that a text has a form with a name."""

    def check(_form: PlainForm, field: Field) -> None:
        if field.data and not pattern.fullmatch(field.data):
            raise ValidationError(str(says))

    return check


A_CODE = shaped(CODE, _l("Write a short code without spaces, such as CR4."))
A_LINK = shaped(LINK, _l("Write a full address that begins with https://."))


def picks(listed: list[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in listed]


class CategoryForm(Seen):
    """A category of participants."""

    code = Line(_l("Code"), required=_l("Write a code."), most=20, checks=(A_CODE,))
    name = Line(_l("Name"), required=_l("Write the name people choose."), most=120)
    stakeholder_type = SelectField(_l("Stakeholder type"))
    represents = SelectField(_l("Represents"))
    capacity = WholeNumber(_l("Places of its own"), least=0)
    protocol_order = WholeNumber(_l("Place in the list of participants"), required=_l("Write its place, such as 1."))
    credential = Line(_l("What the letter must be"))
    credentials = CREDENTIALS
    needs_letter = BooleanField(_l("The form asks for a letter"))
    needs_approval = BooleanField(_l("An organizer decides on each request"))
    takes_registrations = BooleanField(_l("People can register in it themselves"))
    colour = Colour(_l("Colour of the badge"), required=_l("Write a colour."))
    ink = Colour(_l("Colour of the words on it"), required=_l("Write a colour."))
    letter = Line(_l("Letter on the badge"), required=_l("Write one or two letters."), most=2)
    shape = SelectField(_l("Shape on the badge"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.stakeholder_type.choices = picks(choices(STAKEHOLDER_TYPES))
        self.represents.choices = picks(choices(REPRESENTS))
        self.shape.choices = picks(choices(SHAPES))

    def validate_ink(self, field: Field) -> None:
        """Who stands at the door reads it from two metres away."""
        both = (field.data or "", self.colour.data or "")
        if all(COLOUR.fullmatch(one) for one in both) and not is_readable(*both):
            raise ValidationError(
                _("Words of this colour cannot be read on the badge. Choose a darker or a lighter one.")
            )

    def facts(self) -> CategoryFacts:
        """What was typed, once it is sound."""
        return CategoryFacts(
            code=self.code.data,
            name=self.name.data,
            stakeholder_type=self.stakeholder_type.data,
            represents=self.represents.data,
            capacity=self.capacity.data,
            colour=self.colour.data.lower(),
            ink=self.ink.data.lower(),
            letter=self.letter.data,
            shape=self.shape.data,
            protocol_order=int(self.protocol_order.data or 0),
            credential=self.credential.data or "",
            needs_approval=self.needs_approval.data,
            needs_letter=self.needs_letter.data,
            takes_registrations=self.takes_registrations.data,
        )


class BodyForm(Seen):
    """A body that sessions report to."""

    code = Line(_l("Code"), required=_l("Write a code."), most=20, checks=(A_CODE,))
    name = Line(_l("Name in full"), required=_l("Write its name in full."), most=300)

    def facts(self, position: int) -> BodyFacts:
        """What was typed, once it is sound."""
        return BodyFacts(code=self.code.data, name=self.name.data, position=position)


class RoomForm(Seen):
    """A room."""

    code = Line(_l("Code"), required=_l("Write a code."), most=20, checks=(A_CODE,))
    name = Line(_l("Name"), required=_l("Write what people call it."), most=120)
    seats = WholeNumber(_l("Seats"), required=_l("Write how many people it holds."))
    where = Line(_l("How to find it"))

    def facts(self, position: int) -> RoomFacts:
        """What was typed, once it is sound."""
        return RoomFacts(
            code=self.code.data,
            name=self.name.data,
            seats=int(self.seats.data or 0),
            where=self.where.data or "",
            position=position,
        )


class StaffForm(Form):
    """A person who is to work at the meeting."""

    name = Line(_l("Name"), required=_l("Write the name."))
    email = AddressLine(_l("Email"), required=_l("Write the address they sign in with."))
    role = SelectField(_l("Role"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.role.choices = picks(choices(STAFF))
