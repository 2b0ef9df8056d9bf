from flask import current_app

from eventapp.inputs.models import Call, Input
from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter


def invitation(written: Input, call: Call, *, token: str) -> Letter:
    """Asks a body that is not registered for an input, with its own link."""
    return about_input("invitation", written, call, page=address(token))


def received(written: Input, call: Call, *, token: str) -> Letter:
    """Acknowledges what was sent: its number, until when it can be corrected, and where."""
    return about_input("received", written, call, page=address(token) if token else "")


def address(token: str) -> str:
    return f"{current_app.config['BASE_URL']}/inputs/{token}"


def about_input(name: str, written: Input, call: Call, *, page: str) -> Letter:
    template, about = f"inputs/mail/{name}.txt", f"written_input:{written.id}"
    words = {"written": written, "call": call, "page": page}
    return letter(template, written.meeting, written.person, words, about=about, called=written.name)
