"""What an organizer types: to whom, what in each language of the meeting, whether it is necessary, and when."""

from collections.abc import Iterable
from datetime import datetime

from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from eventapp.agenda.queries import ListedSession
from eventapp.ground.text.i18n import _, _l, ngettext
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Text, Typed, WholeNumber
from eventapp.ground.web.typed_fields import Moment
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import rooms_in_use
from eventapp.messages.actions import Content
from eventapp.messages.audience import ABSENT, ANY_PART, NUMBER, PRESENT, UNANSWERED, Audience, audience_from
from eventapp.messages.checks import spelt
from eventapp.messages.models import LONGEST_TEXT, Message
from eventapp.messages.reminders import MOST_DAYS, time_of
from eventapp.registration.lists.by_answers import Answers
from eventapp.registration.lists.listing import MISSING, RECEIVED, VIEWS
from eventapp.registration.models import APPROVED
from eventapp.registration.tags.queries import tags_of
from eventapp.vocabulary.countries import SUBREGIONS

AT_ONCE, LATER, BEFORE = "now", "later", "before"
FILTERS = ("state", "type", "subregion", "letter", "tag", "answer", "part", "room", "presence", "q", "by_hand")


def numbers_only(_form: Form, field: Field) -> None:
    words = (field.data or "").replace(",", " ").replace(";", " ").split()
    if wrong := list(dict.fromkeys(word for word in words if not NUMBER.fullmatch(word))):
        raise ValidationError(
            ngettext(
                "This is no registration number: %(words)s. Write them like R-0012, R-0034.",
                "These are no registration numbers: %(words)s. Write them like R-0012, R-0034.",
                len(wrong),
                words=", ".join(wrong),
            )
        )


class MessageForm(Form):
    """A message; the fields of its texts are made for the languages of the meeting."""

    version = HiddenField()
    state = SelectField(_l("Status"), default=APPROVED)
    type = SelectField(_l("Category"), default="")
    subregion = SelectField(_l("Subregion"), default="")
    letter = SelectField(_l("Letter"), default="")
    tag = SelectField(_l("Tag"), default="")
    answer = Answers()
    part = SelectField(_l("Part in a session"), default="")
    room = SelectField(_l("Part in a room"), default="")
    presence = SelectField(_l("Presence"), default="")
    q = Line(_l("Name or organization"))
    by_hand = Line(_l("Registration numbers"), most=2000, checks=(numbers_only,))
    need = RadioField(_l("Is it necessary?"), default="no")
    when = RadioField(_l("When it leaves"), default=AT_ONCE)
    at = Moment(_l("Day and time"))
    days = WholeNumber(_l("Days before the meeting"))
    languages: tuple[str, ...] = ()

    def __init__(self, typed: Typed, meeting: Meeting, sessions: Iterable[ListedSession], **more: object) -> None:
        super().__init__(typed, **more)
        self.meeting = meeting
        anybody = ("", _("any"))
        self.state.choices = [(code, str(label)) for code, label in VIEWS.items()]
        self.type.choices = [anybody, *((one.code, worded(one, "name")) for one in meeting.categories)]
        self.subregion.choices = [anybody, *((code, str(one.label)) for code, one in SUBREGIONS.items())]
        self.letter.choices = [anybody, (MISSING, _("missing")), (RECEIVED, _("received"))]
        self.tag.choices = [anybody, *((str(one.id), one.name) for one in tags_of(meeting))]
        parts = [(one.code, f"{one.code} {one.title}") for one in sessions]
        some = [("", _("with or without")), (ANY_PART, _("any session")), (UNANSWERED, _("asked, and not answered"))]
        self.part.choices = [*some, *parts]
        self.room.choices = [anybody, *((one.code, one.name) for one in rooms_in_use(meeting))]
        self.presence.choices = [anybody, (PRESENT, _("checked in")), (ABSENT, _("not checked in"))]
        self.need.choices = [("yes", _("Necessary for taking part")), ("no", _("Good to know"))]
        self.when.choices = [(AT_ONCE, _("At once")), (LATER, _("At a time")), (BEFORE, _("Days before the meeting"))]

    def texts_in(self, code: str) -> tuple[Line, Text]:
        """The fields of the subject and the text in this language."""
        return self[f"subject_{code}"], self[f"text_{code}"]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be saved: each field, a text with its subject, and a time where one is asked for."""
        sound = bool(super().validate())
        for code in self.languages:
            subject, text = self.texts_in(code)
            if text.data and not subject.data and not subject.errors:
                subject.errors = [_("Write a subject too.")]
                sound = False
        if self.when.data == LATER and not self.at.errors:
            try:
                typed_moment(self.at.data or "", self.meeting.tz)
            except NotAMoment as fault:
                self.at.errors = [str(fault)]
                sound = False
        if self.when.data == BEFORE and not self.days.errors and not 0 < (self.days.data or 0) <= MOST_DAYS:
            self.days.errors = [_("Write a number of days from 1 to %(most)s.", most=MOST_DAYS)]
            sound = False
        return sound

    @property
    def send_at(self) -> datetime | None:
        """When it is to leave; None for at once."""
        if self.when.data == BEFORE:
            return time_of(self.meeting, self.days.data or 0)
        return typed_moment(self.at.data, self.meeting.tz) if self.when.data == LATER else None

    def text_in(self, code: str) -> dict[str, str]:
        """The subject and the text in this language."""
        subject, text = self.texts_in(code)
        return {"subject": subject.data or "", "text": text.data or ""}

    def audience(self) -> Audience:
        """To whom."""
        return audience_from({name: self[name].data for name in FILTERS})

    def content(self) -> Content:
        """What was typed."""
        texts = {code: self.text_in(code) for code in self.languages}
        return Content(
            texts={code: text for code, text in texts.items() if any(text.values())},
            audience=self.audience(),
            is_necessary=self.need.data == "yes",
            send_at=self.send_at,
            days_before=self.days.data if self.when.data == BEFORE else None,
        )


def form_for(
    meeting: Meeting,
    sessions: Iterable[ListedSession],
    typed: Typed = None,
    *,
    written: Iterable[str] = (),
    **values: object,
) -> MessageForm:
    """The form with a subject and a text for each language of the meeting and those it is `written` in.

    The subject in the first language is needed: the message is called by it.
    """
    languages = tuple(dict.fromkeys((*meeting.text_languages, *written)))
    fields: dict[str, object] = {"languages": languages}
    for code in languages:
        asked = _("Write the subject in %(language)s.", language=language_named(code)) if code == languages[0] else None
        fields[f"subject_{code}"] = Line(_l("Subject"), checks=(spelt,), required=asked)
        fields[f"text_{code}"] = Text(_l("Text"), most=LONGEST_TEXT, checks=(spelt,))
    made = type("MessageForm", (MessageForm,), fields)
    return made(typed, meeting, sessions, **values)  # type: ignore[no-any-return]


def form_of(message: Message, sessions: Iterable[ListedSession], typed: Typed = None) -> MessageForm:
    """The form as the message stands now, or as it was typed."""
    texts = {f"{name}_{code}": words for code, text in message.texts.items() for name, words in text.items()}
    zone = message.meeting.tz
    return form_for(
        message.meeting,
        sessions,
        typed,
        written=message.texts,
        **audience_from(message.audience).record(),
        **texts,
        version=str(message.version),
        need="yes" if message.is_necessary else "no",
        when=BEFORE if message.days_before else LATER if message.send_at else AT_ONCE,
        at=words_of(message.send_at, zone) if message.send_at and not message.days_before else "",
        days=message.days_before,
    )
