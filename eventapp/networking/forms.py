"""Who may find somebody, as they choose it; and networking in the settings of a meeting."""

from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Typed
from eventapp.networking.models import GOVERNMENTS, NOBODY, PARTICIPANTS, NetworkingRules

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


def form_of(rules: NetworkingRules | None, typed: Typed = None) -> NetworkingForm:
    """The rules as they stand, or as they were typed."""
    form = NetworkingForm(typed, is_open=bool(rules and rules.is_open))
    if typed is None:
        form.seen.data = mark_of(form)
    return form
