"""The gate whose QR code was read, kept in the browser until the link of the registration is opened in it."""

from flask import session

from eventapp.checkin.models import Gate
from eventapp.meetings.models import Meeting

REMEMBERED = "check_in_gate"


def remember_gate(gate: Gate) -> None:
    """Keep which gate it was."""
    session[REMEMBERED] = [gate.meeting_id, gate.code]


def gate_remembered(meeting: Meeting) -> str:
    """The code of the gate of this meeting whose QR code was read in this browser; "" for none."""
    match session.get(REMEMBERED):
        case [meeting.id, str(code)]:
            return code
    return ""
