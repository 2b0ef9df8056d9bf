from flask_babel import force_locale

from eventapp.ground.text.dates import moment
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.registration.models import DelegationFocalPoint
from eventapp.registration.nominated.queries import nominations_end_at


def invitation(focal: DelegationFocalPoint, *, token: str) -> Letter:
    """Asks somebody to nominate the people of a delegation, with their own link."""
    meeting = focal.delegation.meeting
    with force_locale(focal.person.language):
        words = {
            "delegation": focal.delegation.label,
            "until": moment(nominations_end_at(meeting), meeting.zone),
            "link": address(f"focal-points/{token}"),
        }
    about = f"delegation_focal_point:{focal.id}"
    return letter("focal_point", meeting, focal.person, words, about=about, called=focal.name)
