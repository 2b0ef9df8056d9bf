"""Which two sessions change places, and why."""

from wtforms import Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.agenda.swapping.queries import sessions_beside
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line


class SwapForm(Form):
    """The session to change places with."""

    other = SelectField(_l("Swap with"), validate_choice=False)
    reason = Line(_l("Reason"), most=500)
    seen = HiddenField()

    def __init__(self, *args: object, session: Session, **more: object) -> None:
        super().__init__(*args, **more)
        self.there = {one.code: one for one in sessions_beside(session)}
        self.other.choices = [SelectChoice(code, called(one)) for code, one in self.there.items()]

    @property
    def chosen(self) -> Session | None:
        """The session that was chosen."""
        return self.there.get(self.other.data or "")

    def validate_other(self, _field: Field) -> None:
        """It is one of those offered."""
        if self.chosen is None:
            raise ValidationError(_("Choose a session that has a time."))


def called(session: Session) -> str:
    """A session as the list has it: its code and title, when it is and where."""
    room = worded(session.room, "name") if session.room else _("no room")
    when = span(session.starts_at, session.ends_at, session.meeting.zone)
    return f"{session.code} {worded(session, 'title')}, {when}, {room}"
