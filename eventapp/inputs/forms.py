"""What somebody writes as an input, and what editors type about inputs."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.drafts.protocol import KeyedFields
from eventapp.drafts.text_page import TextForm
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import clean, fault_in, words_in
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.ground.web.typed_fields import Moment
from eventapp.inputs.actions import Invited
from eventapp.inputs.content import DELEGATION, LINE_LIMIT, ORGANIZATION, OVERVIEW_LIMIT, Contribution
from eventapp.inputs.models import Call
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import Themes
from eventapp.people.addresses import AddressLine
from eventapp.record.notes.content import NoteContent, usual_ceiling
from eventapp.record.sessions.queries import recorded_called
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.notes import NOTE_KINDS, TEXT_LIMIT
from eventapp.vocabulary.term import choices

LONGEST_PASSAGE, LONGEST_OVERVIEW, LONGEST_NOTE = 9000, 3000, 3000  # characters
SPOKEN = {**LANGUAGES, "es": "Español", "ru": "Русский", "zh": "中文"}  # with those of the United Nations


class InputForm(TextForm):
    """The input of one delegation or organization. The passages are named by their action line: line-C2."""

    behalf = RadioField(_l("I write on behalf of"), default=ORGANIZATION)
    organization = Line(_l("Name of the delegation or organization"), required=_l("Write on whose behalf you write."))
    country = SelectField(_l("Country"), default="")
    language = SelectField(_l("Language of the input"), default="en")
    overview = Text(_l("Overview"), most=LONGEST_OVERVIEW)
    file = FileField(_l("Document"))
    public = BooleanField(_l("Show this input on the page of the meeting"))

    def __init__(
        self, typed: Typed = None, said: Contribution | None = None, *, themes: Themes, **more: object
    ) -> None:
        self.themes = themes
        values = said.content() if said else {}
        super().__init__(typed, data={**values, **more})
        self.behalf.choices = [(DELEGATION, _("A delegation of a State")), (ORGANIZATION, _("An organization"))]
        self.country.choices = [("", _("No single country")), *country_choices()]
        self.language.choices = list(SPOKEN.items())
        sent = {line: clean(typed.get(f"line-{line}", "")) for line in themes.lines} if typed else {}
        self.passages: dict[str, str] = sent or dict(said.passages if said else {})
        self.wrong: dict[str, str] = {}  # action line -> sentence

    @property
    def lines(self) -> Iterable[tuple[str, str, str, str]]:
        """Every theme as (code, label, what is written, what is wrong with it)."""
        for code, line in self.themes.lines.items():
            yield code, line.label, self.passages.get(code, ""), self.wrong.get(code, "")

    def label_of(self, part: str) -> str:
        """The name of a part: its action line, or the overview."""
        return self.themes.lines[part].label if part else str(self.overview.label.text)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of the field, sentence), the passages after the others."""
        return [*super().faults, *((f"line-{code}", sentence) for code, sentence in self.wrong.items())]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be sent: every text sound and within its words, and something written at all."""
        sound = super().validate(extra_validators)
        if count_over(self.overview.data, OVERVIEW_LIMIT):
            self.overview.errors = [shorten(self.overview.data, OVERVIEW_LIMIT)]
        for code, text in self.passages.items():
            fault = fault_in(text, most=LONGEST_PASSAGE, lines=True)
            if fault or count_over(text, LINE_LIMIT):
                self.wrong[code] = fault or shorten(text, LINE_LIMIT)
        if not self.overview.errors and not self.overview.data and not any(self.passages.values()):
            self.overview.errors = [
                _("Write something here.")
                if not self.themes.lines
                else _("Write something here, or under one action line.")
                if self.themes.are_shipped
                else _("Write something here, or under one theme.")
            ]
        return sound and not self.faults

    def faults_in_draft(self) -> list[str]:
        """What stops a draft from being kept: a text that no page may hold, or far too long; never what is missing."""
        texts = [fault_in(text, most=LONGEST_PASSAGE, lines=True) for text in self.passages.values()]
        texts += [fault_in(one.data or "", most=one.most, lines=one.multiline) for one in self if isinstance(one, Line)]
        return [fault for fault in texts if fault]

    def contribution(self) -> Contribution:
        """What was typed; codes nobody knows are left out, as the browser never sends them."""
        return Contribution(
            behalf=self.behalf.data if self.behalf.data in (DELEGATION, ORGANIZATION) else ORGANIZATION,
            organization=self.organization.data or "",
            country=self.country.data if self.country.data in dict(self.country.choices) else "",
            language=self.language.data if self.language.data in SPOKEN else "en",
            overview=self.overview.data or "",
            passages={line: text for line, text in self.passages.items() if text},
        )


def count_over(text: str | None, most: int) -> bool:
    return words_in(text or "") > most


def shorten(text: str | None, most: int) -> str:
    return _("Use %(most)s words or less; there are %(num)s now.", most=most, num=words_in(text or ""))


class CallForm(Seen):
    """From when until when inputs are taken, by the clocks where the meeting is."""

    opens_at = Moment(_l("Inputs open"), required=_l("Write when inputs open."))
    closes_at = Moment(_l("Inputs close"), required=_l("Write when inputs close."))
    asks = Text(_l("What is asked"), most=2000)

    def __init__(self, zone: ZoneInfo, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.zone = zone

    @classmethod
    def of(cls, meeting: Meeting, call: Call | None) -> "CallForm":
        """The form with what is asked now."""
        span = {name: words_of(getattr(call, name), meeting.tz) for name in ("opens_at", "closes_at")} if call else {}
        form = cls(meeting.tz, data={**span, "asks": call.words} if call else {})
        form.seen.data = mark_of(form)
        return form

    def validate_opens_at(self, field: Field) -> None:
        """A moment in the zone of the meeting."""
        self.moment(field)

    def validate_closes_at(self, field: Field) -> None:
        """A moment in the zone of the meeting."""
        self.moment(field)

    def moment(self, field: Field) -> datetime:
        """The moment that these words are."""
        try:
            return typed_moment(field.data or "", self.zone)
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None


class InvitedForm(Form):
    """A body that is asked for an input."""

    name = Line(_l("Name"), required=_l("Write whom the letter greets."))
    email = AddressLine(_l("Email"), required=_l("Write an address."))
    organization = Line(_l("Organization"), required=_l("Write which body you ask."))

    def invited(self) -> Invited:
        """What was typed."""
        return Invited(name=self.name.data, email=self.email.data, organization=self.organization.data)


class PassageForm(KeyedFields, Form):
    """One idea of a passage, to be recorded as a note."""

    part = HiddenField()
    session = Line(_l("Session it belongs to"), required=_l("Choose a session."))
    kind = SelectField(_l("Kind of note"))
    text = Text(_l("One idea, in its words or yours"), required=_l("Write the idea."), most=LONGEST_NOTE)

    def __init__(self, meeting: Meeting, said: Contribution, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.meeting, self.said = meeting, said
        self.kind.choices = choices(NOTE_KINDS)

    @cached_property
    def chosen(self) -> Session | None:
        """The session whose code was typed."""
        return recorded_called(self.meeting, self.session.data or "")

    def validate_session(self, _field: Field) -> None:
        """A session that has a record."""
        if self.chosen is None:
            raise ValidationError(_("No session that is recorded has this code. Choose one of the list."))

    def validate_text(self, field: Field) -> None:
        """A note is one idea."""
        if count_over(field.data, TEXT_LIMIT):
            raise ValidationError(shorten(field.data, TEXT_LIMIT))

    def validate_part(self, field: Field) -> None:
        """A part that the input has."""
        if field.data not in dict(self.said.parts):
            raise ValidationError(_("Choose a passage of this input."))

    def content(self, session: Session, name: str, source: str) -> NoteContent:
        """The note for this session: of the organization, under the action line of the passage, from the input."""
        return NoteContent(
            kind=self.kind.data,
            text=self.text.data,
            language=self.said.language,
            speaker=name,
            organization=self.said.organization,
            country=self.said.country,
            action_lines=(self.part.data,) if self.part.data else (),
            ceiling=usual_ceiling(session.rule),
            sources=(source,),
        )
