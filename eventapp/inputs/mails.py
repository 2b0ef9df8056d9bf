from flask_babel import force_locale

from eventapp.ground.text.dates import moment
from eventapp.inputs.models import Call, Input
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter


def invitation(written: Input, call: Call, *, token: str) -> Letter:
    """Asks a body that is not registered for an input, with its own link."""
    return about_input("input_invitation", written, call, link=address(f"inputs/{token}"))


def received(written: Input, call: Call, *, token: str) -> Letter:
    """Acknowledges what was sent: its number, until when it can be corrected, and where."""
    link = address(f"inputs/{token}") if token else ""
    more = {"reference": written.reference, "organization": written.content["organization"], "has_link": bool(token)}
    return about_input("input_received", written, call, link=link, **more)


def about_input(name: str, written: Input, call: Call, **words: object) -> Letter:
    meeting, about = written.meeting, f"written_input:{written.id}"
    with force_locale(written.person.language):
        words["until"] = moment(call.closes_at, meeting.zone)
    return letter(name, meeting, written.person, words, about=about, called=written.name)
