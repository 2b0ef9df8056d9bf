"""Who is to be erased, and why."""

from werkzeug.datastructures import MultiDict

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.people.addresses import AddressLine, address_of

MOST_LETTERS = 200  # of a name


class AskForm(Form):
    """The reason, which whoever decides reads."""

    reason = Text(_l("Reason"), required=_l("Write the reason: whoever decides reads it."), most=500)


class FindForm(Form):
    """Somebody who is looked for by an address, a name or both."""

    email = AddressLine(_l("Email"))
    name = Line(_l("Name"), most=MOST_LETTERS)

    def validate(self, extra_validators: object = None) -> bool:
        """One of them is enough."""
        is_sound = super().validate(extra_validators)
        if not self.email.data and not self.name.data:
            self.email.errors = [_("Write the email address or the name.")]
            return False
        return is_sound

    @property
    def is_sound(self) -> bool:
        """Whether somebody can be looked for by it."""
        return bool(self.address or self.called) and not self.faults

    @property
    def address(self) -> str:
        """The address as we keep it, "" for none."""
        return address_of(self.email.data) if self.email.data else ""

    @property
    def called(self) -> str:
        """The name in one line, "" for none."""
        return " ".join((self.name.data or "").split())


def looked_for(sent: MultiDict[str, str]) -> FindForm:
    """The form with what stands in an address, checked; empty where that only chooses a language."""
    is_sent = not {"email", "name"}.isdisjoint(sent)
    form = FindForm(sent if is_sent else None)
    if is_sent:
        form.validate()
    return form
