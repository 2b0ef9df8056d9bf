from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.checkin.reading import KEY, LONGEST_CODE, TYPED
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Typed


class ScanForm(Form):
    """One reading, by the camera, by hand, or of somebody found by name, as it is typed and put right."""

    code = Line(
        _l("Or type the number under the code"),
        required=_l("Scan a code, or type the number under it"),
        most=LONGEST_CODE,
    )
    key = HiddenField()
    method = HiddenField(default=TYPED)

    def validate_key(self, field: HiddenField) -> None:
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError(_("This reading has no key. Load the page again."))


class GateForm(Form):
    """A new gate."""

    name = Line(_l("Name"), required=_l("Name the gate as people at the door call it"), most=120)
    session = SelectField(_l("Where"))

    def __init__(self, typed: Typed, sessions: list[Session]) -> None:
        super().__init__(typed)
        self.sessions = {session.code: session for session in sessions}
        self.session.data = typed.get("session", "") if typed else ""
        self.session.choices = [
            SelectChoice("", _("Of the building")),
            *(SelectChoice(session.code, f"{session.code} {worded(session, 'title')}") for session in sessions),
        ]

    def chosen(self) -> Session | None:
        """The session whose door it is, None for a gate of the building."""
        return self.sessions.get(self.session.data or "")
