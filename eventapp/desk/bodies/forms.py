from collections.abc import Sequence

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.desk.bodies.queries import KnownBody
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line
from eventapp.people.addresses import AddressLine


class BodyOrganizerForm(Form):
    """A person who is to organize every meeting of a body."""

    code = SelectField(_l("Body"))
    name = Line(_l("Name"), required=_l("Write the name."))
    email = AddressLine(_l("Email"), required=_l("Write the address they sign in with."))

    def __init__(self, *args: object, bodies: Sequence[KnownBody], **more: object) -> None:
        super().__init__(*args, **more)
        self.code.choices = [SelectChoice(one.code, f"{one.name} ({one.code})") for one in bodies]
