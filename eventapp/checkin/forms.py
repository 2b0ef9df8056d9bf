import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.checkin.reading import METHODS, TYPED, Reading
from eventapp.forms import Form, Line
from eventapp.text import clean, fault_in
from eventapp.words import _, _l

LONGEST_CODE = 60
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class ScanForm(Form):
    """One reading, by the camera, by hand, or of somebody found by name, as it is typed and put right."""

    code = Line(
        _l("Or type the number under the code"),
        required=_l("Scan a code, or type the number under it"),
        most=LONGEST_CODE,
    )
    key = HiddenField()
    method = HiddenField(default=TYPED)
    at = HiddenField()

    def validate_key(self, field: HiddenField) -> None:
        if not _KEY.fullmatch(field.data or ""):
            raise ValidationError(_("This reading has no key. Load the page again."))


def reading_in(typed: Mapping[str, str]) -> Reading | None:
    """The reading that was sent; None where something is wrong with it, and a ScanForm says what."""
    code, key, method = clean(typed.get("code", "")), typed.get("key", ""), typed.get("method")
    if not code or fault_in(code, most=LONGEST_CODE) or not _KEY.fullmatch(key):
        return None
    return Reading(code, key, method if method in METHODS else TYPED, _moment(typed.get("at", "")))


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
