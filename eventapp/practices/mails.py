from flask_babel import force_locale

from eventapp.agenda.mails import session_in_words
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.practices.models import Card


def invitation(card: Card, *, token: str) -> Letter:
    """Asks a presenter to fill in the card of a good practice."""
    return about_card("card_invitation", card, token)


def reminder(card: Card, *, token: str) -> Letter:
    """Reminds a presenter of a card that was not sent yet, with its link once more."""
    return about_card("card_reminder", card, token)


def about_card(name: str, card: Card, token: str) -> Letter:
    with force_locale(card.person.language):
        words = {**session_in_words(card.session), "link": address(f"practices/{token}")}
    return letter(name, card.meeting, card.person, words, about=f"practice_card:{card.id}", called=card.name)
