from flask import current_app

from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.practices.models import Card


def invitation(card: Card, *, token: str) -> Letter:
    """Asks a presenter to fill in the card of a good practice."""
    return about_card("invitation", card, token)


def reminder(card: Card, *, token: str) -> Letter:
    """Reminds a presenter of a card that was not sent yet, with its link once more."""
    return about_card("reminder", card, token)


def about_card(name: str, card: Card, token: str) -> Letter:
    template, about = f"practices/mail/{name}.txt", f"practice_card:{card.id}"
    page = f"{current_app.config['BASE_URL']}/practices/{token}"
    words = {"card": card, "session": card.session, "page": page}
    return letter(template, card.meeting, card.person, words, about=about, called=card.name)
