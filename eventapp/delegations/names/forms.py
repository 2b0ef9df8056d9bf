"""What an organizer types of a name that waits."""

from wtforms import SelectField
from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line
from eventapp.organizations.actions import Facts
from eventapp.organizations.kinds import KINDS

MOST = 200


class TakeForm(Form):
    """The organization of the register that a name means."""

    into = Line(_l("Another of the register"), required=_l("Write its name or abbreviation."), most=MOST)


class ProposeForm(Form):
    """An organization that the register does not have."""

    name = Line(_l("Name in English"), required=_l("Write the name."), most=MOST)
    abbreviation = Line(_l("Abbreviation"), most=40)
    kind = SelectField(_l("Kind"), choices=[SelectChoice(code, term.words) for code, term in KINDS.items()])

    def facts(self) -> Facts:
        """What was typed."""
        return Facts(self.name.data, self.kind.data, self.abbreviation.data or "")
