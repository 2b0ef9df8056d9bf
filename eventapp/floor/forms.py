"""Who asks for the floor, as it was typed or picked."""

from wtforms import SelectField

from eventapp.agenda.models import Session
from eventapp.floor.asking import Asking, for_registration, for_role
from eventapp.floor.queries import may_ask, participant, registration_at
from eventapp.ground.text.i18n import _l
from eventapp.ground.text.policy import figure
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line
from eventapp.vocabulary.countries import state_choices


class AskForm(Form):
    """Somebody who is neither in the session nor registered."""

    name = Line(_l("Name"), id="floor-name", required=_l("Write who asks for the floor."))
    organization = Line(_l("State or organization"), id="floor-organization")
    country = SelectField(_l("Country, for a State"), id="floor-country", default="")
    category = SelectField(_l("Category"), id="floor-category", default="")

    def __init__(self, session: Session, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.country.choices = [("", "–"), *state_choices()]
        listed = [(str(one.id), worded(one, "name")) for one in session.meeting.categories]
        self.category.choices = [("", "–"), *listed]

    def asking(self) -> Asking:
        """What was typed, as a request."""
        return Asking(
            name=self.name.data or "",
            organization=self.organization.data or "",
            country=self.country.data or "",
            category_id=int(self.category.data) if self.category.data else None,
        )


def picked(session: Session, role: str, registration: str) -> Asking | None:
    """Somebody of the session, or a participant, by the number of the button that was pressed; None for neither."""
    if number := figure(role):
        found = next((one for one in may_ask(session) if one.id == number), None)
        return for_role(found, registration_at(session, found.person_id)) if found else None
    if number := figure(registration):
        somebody = participant(session, number)
        return for_registration(somebody) if somebody else None
    return None
