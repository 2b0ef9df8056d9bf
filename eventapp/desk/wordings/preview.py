"""A letter in these words as real people of the meeting get it, before the words are saved."""

from flask_babel import force_locale

from eventapp.agenda.mails import place_of, session_in_words
from eventapp.desk.wordings.queries import registrations_reading, session_with
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.mail.compose import LONGEST_SUBJECT, paragraphs
from eventapp.mail.masking import LEFT_OUT, masked
from eventapp.mail.models import Letter
from eventapp.meetings.mails import Outsider, address, written
from eventapp.meetings.models import Meeting
from eventapp.meetings.wordings.letters import KINDS, NAMES
from eventapp.meetings.wordings.models import Wording
from eventapp.messages.preview import SHOWN, Preview
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from eventapp.vocabulary.sessions import SPEAKING_ROLES


def previews(meeting: Meeting, own: Wording) -> list[Preview]:
    """The letter to three people who read its language, or to others; empty where nobody registered."""
    return [preview(meeting, own, one) for one in registrations_reading(meeting, own.language, SHOWN)]


def preview(meeting: Meeting, own: Wording, registration: Registration) -> Preview:
    person = registration.person
    made = drawn(meeting, own, person, words_of(meeting, own, person, registration), registration.record_name)
    text = masked(made.text)
    return Preview(registration, own.language, made.subject, paragraphs(text), text)


def test_letter(meeting: Meeting, own: Wording, person: Person) -> Letter:
    """The letter to whoever writes it: with their name, and links that open nobody's page."""
    made = drawn(meeting, own, person, words_of(meeting, own, person, None), person.name)
    with force_locale(own.language):
        made.subject = _("Test: %(subject)s", subject=made.subject)[:LONGEST_SUBJECT]
    return made


def drawn(meeting: Meeting, own: Wording, person: Person, words: dict[str, object], called: str) -> Letter:
    reader = Outsider(person.email, person.name, own.language)
    return written(own, own.letter, meeting, reader, words, about=f"person:{person.id}", called=called)


def words_of(meeting: Meeting, own: Wording, person: Person, registration: Registration | None) -> dict[str, object]:
    """What stands for each word of this letter: what is known of this person, else what it is in brackets."""
    kind = KINDS[own.letter]
    with force_locale(own.language):
        words: dict[str, object] = {word: f"[{NAMES[word]}]" for word in kind.more}
        if "session" in kind.more and (found := session_with(meeting, person)):
            session, role = found
            part = {"part": str(SPEAKING_ROLES[role.role].label).lower()} if role else {}
            words |= {**session_in_words(session), "place": place_of(session), **part}
        if registration:
            words |= {"number": registration.reference, "organization": registration.delegation.label}
            words["letter"] = worded(registration.category, "credential") or _("letter of nomination")
        link = address(f"registrations/{LEFT_OUT}" if registration else f"meetings/{meeting.slug}")
        return {**kind.sample, **words, "code": LEFT_OUT, "email": person.email, "link": link}
