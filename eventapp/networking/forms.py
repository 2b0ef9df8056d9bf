"""Who may find somebody, as they choose it; and networking in the settings of a meeting."""

from wtforms import BooleanField, Field, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Line, Typed, WholeNumber
from eventapp.networking.actions import Rules
from eventapp.networking.models import (
    GOVERNMENTS,
    MOST_ANSWER_HOURS,
    MOST_REQUESTS,
    NOBODY,
    PARTICIPANTS,
    NetworkingRules,
)

USUAL = {"requests_a_day": 10, "answer_hours": 24}
AUDIENCE_WORDS = (
    (NOBODY, _l("Nobody")),
    (GOVERNMENTS, _l("Governments, intergovernmental organizations and the United Nations system")),
    (PARTICIPANTS, _l("Everybody who has a place at the meeting")),
)


class AudienceForm(Form):
    """Who may find me."""

    audience = SelectField(_l("Who may find me"), choices=[SelectChoice(*one) for one in AUDIENCE_WORDS])


class NetworkingForm(Seen):
    """Whether participants have networking."""

    is_open = BooleanField(_l("Participants find and meet each other here"))
    requests_a_day = WholeNumber(_l("Requests in 24 hours"), required=_l("Write how many."))
    answer_hours = WholeNumber(_l("Hours to answer a request"), required=_l("Write how many hours."))

    session = Line(_l("Session whose record takes commitments"), most=20)

    def rules(self, session: Session | None) -> Rules:
        """What was typed, once it is sound, with the session that has this code."""
        return Rules(bool(self.is_open.data), self.requests_a_day.data or 0, self.answer_hours.data or 0, session)

    def validate_requests_a_day(self, field: Field) -> None:
        """As many as one person can mean."""
        within(field, MOST_REQUESTS)

    def validate_answer_hours(self, field: Field) -> None:
        """Two weeks at most."""
        within(field, MOST_ANSWER_HOURS)


def within(field: Field, most: int) -> None:
    if field.data is not None and field.data > most:
        raise ValidationError(_("Write a whole number from %(least)s to %(most)s.", least=1, most=most))


def form_of(rules: NetworkingRules | None, typed: Typed = None) -> NetworkingForm:
    """The rules as they stand, or as they were typed."""
    values: dict[str, object] = {name: getattr(rules, name) if rules else usual for name, usual in USUAL.items()}
    values["session"] = rules.session.code if rules and rules.session else ""
    form = NetworkingForm(typed, is_open=bool(rules and rules.is_open), **values)
    if typed is None:
        form.seen.data = mark_of(form)
    return form
