"""A message as three real people read it. Links that open somebody's page are left out, as in every list of letters."""

from dataclasses import dataclass

from flask_babel import force_locale

from eventapp.mail.compose import Paragraph, paragraphs
from eventapp.mail.masking import masked
from eventapp.messages.audience import audience_from
from eventapp.messages.mails import around, drawn_for, drawn_for_all, values_of
from eventapp.messages.models import Message
from eventapp.messages.queries import first_recipients
from eventapp.registration.models import Registration

SHOWN = 3
A_LINK = "registrations/…"


@dataclass(frozen=True)
class Preview:
    """The letter to one of those who get it, in paragraphs as its HTML part shows it, and as plain text."""

    registration: Registration
    language: str
    subject: str
    paragraphs: list[Paragraph]
    text: str


def previews(message: Message) -> list[Preview]:
    """The letter to some of those who get it, one of each language first; none while there is no text."""
    people = first_recipients(message.meeting, audience_from(message.audience), SHOWN)
    written = [one for one in people if message.texts.get(message.language_for(one.person.language), {}).get("text")]
    return [preview(message, one) for one in written]


def preview(message: Message, registration: Registration) -> Preview:
    language = message.language_for(registration.person.language)
    with force_locale(language):
        drawn = drawn_for(
            drawn_for_all(message, language), values_of(registration, around(message.meeting), link=A_LINK)
        )
    text = masked(drawn.text)
    return Preview(registration, language, drawn.subject, paragraphs(text), text)
