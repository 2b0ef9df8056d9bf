"""Whom an organizer invites to fill in a card."""

from collections.abc import Iterable

from wtforms import HiddenField, SelectField

from eventapp.agenda.models import Session
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line
from eventapp.people.addresses import AddressLine
from eventapp.practices.content import KINDS
from eventapp.practices.invitations.actions import Invitation
from eventapp.vocabulary.notes import NOTE_KINDS


class InvitationForm(Form):
    """Whom to invite: somebody with a part in a session, or anybody by name and address."""

    role = HiddenField()
    session = SelectField(_l("Session"))
    kind = SelectField(_l("What it is"), default=KINDS[0])
    name = Line(_l("Name"), required=_l("Write the name of the presenter."))
    email = AddressLine(_l("Email"), required=_l("Write the address of the presenter."))
    organization = Line(_l("Organization"))

    def __init__(self, sessions: Iterable[tuple[str, str]], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.session.choices = [(code, f"{code} {title}") for code, title in sessions]
        self.kind.choices = [(code, NOTE_KINDS[code].label) for code in KINDS]

    def invitation(self, session: Session) -> Invitation:
        """What was typed, with the session that was chosen."""
        return Invitation(
            session=session,
            kind=self.kind.data,
            name=self.name.data,
            email=self.email.data,
            organization=self.organization.data or "",
        )
