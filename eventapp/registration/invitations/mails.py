from flask_babel import force_locale

from eventapp.ground.text.dates import moment
from eventapp.ground.text.worded import worded
from eventapp.mail.models import Letter
from eventapp.meetings.mails import Outsider, address, letter
from eventapp.registration.invitations.models import Invitation


def invited(invitation: Invitation, *, token: str) -> Letter:
    """Asks somebody to register, with their own link; a reminder is the same letter."""
    meeting = invitation.meeting
    with force_locale(invitation.language):
        words = {
            "category": worded(invitation.category, "name"),
            "until": moment(meeting.registration_ends_at, meeting.zone),
            "link": address(f"invitations/{token}"),
        }
    reader = Outsider(invitation.email, invitation.name, invitation.language)
    return letter("invited", meeting, reader, words, about=f"registration_invitation:{invitation.id}")
