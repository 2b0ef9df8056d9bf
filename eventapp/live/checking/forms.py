"""Who is told of a live change, when the letters leave, and why one is left out."""

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Form, Line
from eventapp.live.checking.content import AT_ONCE, CHECKED, checks_letters
from eventapp.meetings.models import Meeting

EACH, NOBODY = "each", "nobody"  # who has a part in what moves, or chose it


def recipients_to_choose(meeting: Meeting) -> list[SelectChoice]:
    """The choices of a form that makes a live change, by when letters of this meeting leave."""
    each = _("To each, after an organizer has looked") if checks_letters(meeting) else _("To each, at once")
    return [SelectChoice(EACH, each), SelectChoice(NOBODY, _("To nobody"))]


class WhenForm(Seen):
    """When the letters about live changes leave."""

    letters = RadioField(
        _l("Letters about changes of the day"),
        choices=[
            SelectChoice(AT_ONCE, _l("Send them at once")),
            SelectChoice(CHECKED, _l("Send them after an organizer has looked")),
        ],
        default=AT_ONCE,
    )


class SendForm(Form):
    """One press sends all; `seen` is what waited when the page was shown."""

    seen = HiddenField()


class LeaveOutForm(Form):
    """Why nobody is told of a change."""

    reason = Line(_l("Reason"), required=_l("Write why nobody is told."), most=500)
