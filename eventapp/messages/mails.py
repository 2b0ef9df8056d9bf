"""The letters of a message: drawn once for each language, with marks, and filled in for each person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from markupsafe import escape

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.links.queries import working_secrets
from eventapp.mail.compose import LONGEST_SUBJECT, Paragraph, draw, new_message_id, one_line, paragraphs
from eventapp.mail.models import TO_MANY, WAITING, Letter
from eventapp.meetings.mails import around as words_around
from eventapp.meetings.mails import frame
from eventapp.meetings.models import Meeting
from eventapp.messages.models import Message
from eventapp.messages.unsubscribing.token import way_out
from eventapp.messages.words import CLOSE, LINKS, OPEN, filled, marked, uses
from eventapp.people.models import Person
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

TEMPLATE = "messages/mail/message.txt"
UNSUBSCRIBE = "unsubscribe"
Values = dict[str, str]


@dataclass(frozen=True)
class Drawn:
    """One letter as it reads: in this language, as text and as HTML."""

    language: str
    subject: str
    text: str
    html: str

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The body as the HTML part shows it."""
        return paragraphs(self.text)


def drawn_for_all(message: Message, language: str) -> Drawn:
    """The letter with marks in the place of what differs from person to person."""
    base, texts = current_app.config["BASE_URL"], message.texts[language]
    meeting = message.meeting
    words = {
        "title": marked(texts["subject"], base),
        "words": marked(texts["text"], base),
        "unsubscribe": "" if message.is_necessary else f"{base}/{OPEN}{UNSUBSCRIBE}{CLOSE}",
        **frame(meeting, language),
    }
    return Drawn(language, *draw(TEMPLATE, language, words))


def drawn_for(template: Drawn, values: Mapping[str, str]) -> Drawn:
    """The letter of one person."""
    subject = one_line(filled(template.subject, values))[:LONGEST_SUBJECT]
    html = filled(template.html, {name: str(escape(value)) for name, value in values.items()})
    return Drawn(template.language, subject, filled(template.text, values), html)


def around(meeting: Meeting) -> Values:
    """What stands for the placeholders that are the same for everybody, in the language of now."""
    same = words_around(meeting)
    return {**same, "place": ", ".join(filter(None, (same["venue"], same["city"])))}


def values_of(registration: Registration, same: Values, *, link: str) -> Values:
    """What stands for each placeholder, in the language of now. A link is what comes behind our address."""
    return {
        **same,
        "name": one_line(registration.record_name),
        "given_name": one_line(registration.given_name),
        "family_name": one_line(registration.family_name),
        "category": worded(registration.category, "name"),
        "delegation": one_line(registration.delegation.label),
        "number": registration.reference,
        "registration_link": link,
        UNSUBSCRIBE: way_out(registration),
    }


def letters_for(message: Message, people: Sequence[Registration], *, at: datetime) -> list[Record]:
    """The rows of the letters to these people, in their order. Each has its own key: nobody gets two of a message.

    Somebody without a private link gets the address of the page that sends one.
    """
    texts = [text for one in message.texts.values() for text in one.values()]
    asks = any(uses(word, texts) for word in LINKS)
    secrets = working_secrets(OWN, [one.id for one in people], at=at) if asks else {}
    templates: dict[str, Drawn] = {}
    rows: dict[int, Record] = {}
    for language in {message.language_for(one.person.language) for one in people}:
        templates[language] = drawn_for_all(message, language)
        with force_locale(language):
            same = around(message.meeting)
            for one in (one for one in people if message.language_for(one.person.language) == language):
                values = values_of(one, same, link=link_to(one, secrets))
                rows[one.id] = row_of(message, one, drawn_for(templates[language], values), values, at=at)
    return [rows[one.id] for one in people]


def link_to(registration: Registration, secrets: Mapping[int, str]) -> str:
    secret = secrets.get(registration.id)
    return f"registrations/{secret}" if secret else f"meetings/{registration.meeting.slug}/registration/link"


def row_of(message: Message, registration: Registration, drawn: Drawn, values: Values, *, at: datetime) -> Record:
    base = current_app.config["BASE_URL"]
    return {
        "to": registration.person.email,
        "to_name": one_line(registration.record_name),
        "subject": drawn.subject,
        "text": drawn.text,
        "html": drawn.html,
        "language": drawn.language,
        "kind": TEMPLATE,
        "about": f"registration:{registration.id}",
        "meeting_id": message.meeting_id,
        "dedupe": f"message {message.id} to {registration.person_id}",
        "message_id": new_message_id(),
        "posted_at": at,
        "due_at": at,
        "attempts": 0,
        "state": WAITING,
        "priority": TO_MANY,
        "unsubscribe": "" if message.is_necessary else f"{base}/{values[UNSUBSCRIBE]}",
    }


def test_letter(message: Message, language: str, person: Person) -> Letter:
    """The letter in this language to whoever writes it: with their name, and links that open nobody's page."""
    meeting = message.meeting
    with force_locale(language):
        values = {
            **dict.fromkeys(("category", "delegation"), "…"),
            **dict.fromkeys(("name", "given_name", "family_name"), one_line(person.name)),
            "number": "R-0000",
            **around(meeting),
            **dict.fromkeys((*LINKS, UNSUBSCRIBE), f"meetings/{meeting.slug}"),
        }
        drawn = drawn_for(drawn_for_all(message, language), values)
        subject = _("Test: %(subject)s", subject=drawn.subject)[:LONGEST_SUBJECT]
    return Letter(
        to=person.email,
        to_name=one_line(person.name),
        subject=subject,
        text=drawn.text,
        html=drawn.html,
        language=language,
        kind=TEMPLATE,
        about=f"message:{message.id}",
        meeting_id=meeting.id,
        message_id=new_message_id(),
    )
