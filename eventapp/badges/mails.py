from eventapp.badges.models import Badge
from eventapp.ground import qr
from eventapp.mail.actions import enclose
from eventapp.mail.models import Letter
from eventapp.registration.mails import QR_PICTURE, letter


def replaced(badge: Badge) -> Letter:
    """The code sent before is dead; this is the new one, as a picture and as text."""
    made = letter("replaced", badge.registration, code=badge.code, picture=QR_PICTURE, picture_words=badge.code)
    enclose(made, "entry-code.png", qr.png(badge.code), "image/png", content_id=QR_PICTURE)
    return made
