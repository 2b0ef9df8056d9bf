import re
from datetime import UTC, datetime
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.checkin.reading import METHODS, TYPED, Reading
from eventapp.forms import Form, Line
from eventapp.words import _, _l

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class ScanForm(Form):
    """One reading: by the camera, by hand, or of somebody found by name."""

    code = Line(
        _l("Or type the number under the code"), required=_l("Scan a code, or type the number under it"), most=60
    )
    key = HiddenField()
    method = HiddenField(default=TYPED)
    at = HiddenField()

    def validate_key(self, field: HiddenField) -> None:
        if not _KEY.fullmatch(field.data or ""):
            raise ValidationError(_("This reading has no key. Load the page again."))

    def reading(self) -> Reading:
        """What the door reads."""
        return Reading(
            code=self.code.data or "",
            key=self.key.data or "",
            method=self.method.data if self.method.data in METHODS else TYPED,
            device_at=_moment(self.at.data or ""),
        )


class GateForm(Form):
    """A new gate."""

    name = Line(_l("Name"), required=_l("Name the gate as people at the door call it"), most=120)
    session = SelectField(_l("Where"))

    def __init__(self, typed: Any, sessions: list[Session]) -> None:
        super().__init__(typed)
        self.sessions = {session.code: session for session in sessions}
        self.session.data = (typed or {}).get("session", "")
        self.session.choices = [
            SelectChoice("", _("Of the building")),
            *(SelectChoice(session.code, f"{session.code} {session.title}") for session in sessions),
        ]

    def chosen(self) -> Session | None:
        """The session whose door it is, None for a gate of the building."""
        return self.sessions.get(self.session.data or "")


def _moment(text: str) -> datetime | None:
    """A device's clock as it sent it; nothing where it sent nonsense, for the server's time is good enough."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
