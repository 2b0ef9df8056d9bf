from typing import Any

from flask import current_app

from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.practices.models import Card


def invitation(card: Card, *, token: str) -> Letter:
    """Asks a presenter to fill in the card of a good practice."""
    return letter("invitation", card, token)


def reminder(card: Card, *, token: str) -> Letter:
    """Reminds a presenter of a card that was not sent yet, with a new link; the older ones go on working."""
    return letter("reminder", card, token)


def letter(name: str, card: Card, token: str) -> Letter:
    meeting = card.meeting
    words: dict[str, Any] = {"card": card, "session": card.session, "meeting": meeting}
    return compose(
        f"practices/mail/{name}.txt",
        to=card.person.email,
        to_name=card.name,
        language=card.person.language,
        about=f"practice_card:{card.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        page=f"{current_app.config['BASE_URL']}/practices/{token}",
        **words,
    )
