from eventapp.agenda.mails import about_role
from eventapp.agenda.models import SpeakingRole
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address


def material_wanted(role: SpeakingRole, *, token: str) -> Letter:
    """Asks somebody with a part for their slides or text, with a link to a page where they hand it in."""
    return about_role("material_wanted", role, link=address(f"roles/{token}/material"))
