from flask import current_app

from eventapp.inputs.models import Call, Input
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter


def invitation(written: Input, call: Call, *, token: str) -> Letter:
    """Asks a body that is not registered for an input, with its own link."""
    return letter("invitation", written, call, page=address(token))


def received(written: Input, call: Call, *, token: str) -> Letter:
    """Acknowledges what was sent: its number, until when it can be corrected, and where."""
    return letter("received", written, call, page=address(token) if token else "")


def address(token: str) -> str:
    return f"{current_app.config['BASE_URL']}/inputs/{token}"


def letter(name: str, written: Input, call: Call, *, page: str) -> Letter:
    meeting = written.meeting
    return compose(
        f"inputs/mail/{name}.txt",
        to=written.person.email,
        to_name=written.name,
        language=written.person.language,
        about=f"written_input:{written.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        written=written,
        call=call,
        meeting=meeting,
        page=page,
    )
