"""What an organizer types about a session, a part in it, and a release."""

import re
from datetime import date, datetime, time, timedelta

from wtforms import Field, HiddenField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.sessions.facts import RoleFacts, SessionFacts
from eventapp.ground.text.dates import day as in_words
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Form, Line, Text, WholeNumber
from eventapp.ground.web.typed_fields import Clock
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.local_time import NotAMoment, moment_of
from eventapp.meetings.models import Meeting
from eventapp.people.addresses import AddressLine
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.sessions import SPEAKING_ROLES
from eventapp.vocabulary.term import choices, terms
from eventapp.vocabulary.tongues import language_called

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
NOON, MORNING = time(12), time(6)  # what begins after the one may end before the other, on the day after
OFTEN = ("ar", "zh", "en", "fr", "ru", "es")  # the languages of the United Nations
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RULES = terms(
    ("open", _l("Open: people may be quoted")),
    ("chatham", _l("Chatham House rule: nobody is quoted by name")),
    ("closed", _l("Closed: only those invited")),
)


def a_code(_form: PlainForm, field: Field) -> None:
    """A check that these words can stand in an address."""
    if not CODE.fullmatch(field.data):
        raise ValidationError(_("Write a short code without spaces, such as S4."))


def clock_of(words: str) -> time:
    """The time of the day that these words are, once they are sound."""
    hour, minute = re.split(r"[:.]", words)
    return time(int(hour), int(minute))


def picks(listed: list[tuple[str, str]], none: str = "") -> list[SelectChoice]:
    first = [SelectChoice("", none)] if none else []
    return [*first, *(SelectChoice(code, label) for code, label in listed)]


class PlaceForm(Seen):
    """When and where: all that moving a session says."""

    day = SelectField(_l("Day"), validate_choice=False)
    starts = Clock(_l("From"), required=_l("Write when it begins."))
    ends = Clock(_l("Until"), required=_l("Write when it ends."))
    room = SelectField(_l("Room"), validate_choice=False)

    def __init__(self, *args: object, meeting: Meeting, days: list[date], **more: object) -> None:
        super().__init__(*args, **more)
        self.meeting = meeting
        self.day.choices = picks([(one.isoformat(), self.called(one)) for one in days])
        rooms = [one for one in meeting.rooms if one.closed_at is None or one.code == self.room.data]
        self.room.choices = picks([(one.code, f"{one.name} ({one.seats})") for one in rooms], _("No room yet"))

    def called(self, day: date) -> str:
        """A day as the list of days has it; of one that the meeting does not have, the list says so."""
        words = in_words(day)
        is_one = self.meeting.starts_on <= day <= self.meeting.ends_on
        return words if is_one else _("%(day)s, not a day of the meeting", day=words)

    def validate_day(self, field: Field) -> None:
        """The day is one of those offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a day."))

    def validate_room(self, field: Field) -> None:
        """The room is one of those offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a room that is in use."))

    def validate_ends(self, field: Field) -> None:
        """A session ends after it begins, and both times exist where the meeting is."""
        if not CLOCK.fullmatch(self.starts.data or "") or not CLOCK.fullmatch(field.data or ""):
            return  # the field itself says so
        try:
            starts, ends = self.span()
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None
        except ValueError:
            return
        if ends <= starts:
            raise ValidationError(_("It ends before it begins. Write a later time."))

    def span(self) -> tuple[datetime, datetime]:
        """From when until when, in UTC. What begins after noon may end in the small hours of the next day."""
        day = date.fromisoformat(self.day.data or "")  # a form without one is told to choose
        starts, ends = clock_of(self.starts.data), clock_of(self.ends.data)
        last = day + timedelta(days=1) if ends <= MORNING and starts >= NOON else day
        return self.moment(day, starts), self.moment(last, ends)

    def moment(self, day: date, clock: time) -> datetime:
        return moment_of(datetime.combine(day, clock).isoformat(sep=" "), self.meeting.tz)

    def room_id(self) -> int | None:
        """The number of the room that was chosen."""
        return next((one.id for one in self.meeting.rooms if one.code == self.room.data), None)


class SessionForm(PlaceForm):
    """A whole session."""

    version = HiddenField()
    code = Line(_l("Code"), required=_l("Write a code."), most=20, checks=(a_code,))
    title = Line(_l("Title"), required=_l("Write the title."), most=300)
    kind = SelectField(_l("Kind"))
    body = SelectField(_l("Reports to"))
    agenda_item = Line(_l("Agenda item"), most=20)
    summary = Text(_l("What it is about"), most=5000)
    rule = SelectField(_l("Who may come and be quoted"))
    interpretation = SelectMultipleField(_l("Interpretation into"))
    interpretation_more = Line(_l("Other languages"), most=200)
    expected = WholeNumber(_l("People expected"), least=0)

    def __init__(self, *args: object, meeting: Meeting, days: list[date], **more: object) -> None:
        super().__init__(*args, meeting=meeting, days=days, **more)
        self.kind.choices = picks([(code, worded(one, "name")) for code, one in kinds_of(meeting).items()])
        self.rule.choices = picks(choices(RULES))
        offered = dict.fromkeys((*OFTEN, *meeting.languages, *(self.interpretation.data or ())))
        self.interpretation.choices = picks([(code, language_named(code)) for code in offered if language_called(code)])
        self.body.choices = picks([(one.code, one.name) for one in meeting.bodies], _("No body"))

    def validate_interpretation_more(self, field: Field) -> None:
        """There is a language of each name."""
        strange = [name for name in separated(field.data) if not language_called(name)]
        if strange:
            raise ValidationError(_("No language is called “%(name)s”. Write a name such as French.", name=strange[0]))

    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that were picked and of those that were named, each once."""
        named = (language_called(name) or "" for name in separated(self.interpretation_more.data))
        return tuple(dict.fromkeys((*(self.interpretation.data or ()), *named)))

    def facts(self) -> SessionFacts:
        """What was typed, once it is sound."""
        starts_at, ends_at = self.span()
        body = next((one.id for one in self.meeting.bodies if one.code == self.body.data), None)
        return SessionFacts(
            title=self.title.data,
            kind=self.kind.data,
            starts_at=starts_at,
            ends_at=ends_at,
            room_id=self.room_id(),
            body_id=body,
            agenda_item=self.agenda_item.data or "",
            summary=self.summary.data or "",
            rule=self.rule.data,
            interpretation=self.languages(),
            expected=self.expected.data,
        )


class RoleForm(Seen):
    """A part in a session."""

    role = SelectField(_l("Role"))
    name = Line(_l("Name"), required=_l("Write the name."))
    email = AddressLine(_l("Email"))
    organization = Line(_l("Speaks for"))
    position_held = Line(_l("Post"))
    country = SelectField(_l("Country"))
    name_own = Line(_l("Name in the person’s own script"))
    name_language = Line(_l("Language of that name"), most=12)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.role.choices = picks(choices(SPEAKING_ROLES))
        self.country.choices = picks(country_choices(), _("No country"))

    def validate_name_language(self, field: Field) -> None:
        """A language is a code."""
        if field.data and not LANGUAGE.fullmatch(field.data):
            raise ValidationError(_("Write the language as a code, such as th."))

    def facts(self) -> RoleFacts:
        """What was typed, once it is sound."""
        return RoleFacts(
            role=self.role.data,
            name=self.name.data,
            email=self.email.data or "",
            name_own=self.name_own.data or "",
            name_language=self.name_language.data or "",
            position_held=self.position_held.data or "",
            organization=self.organization.data or "",
            country=self.country.data or "",
        )


class ReleaseForm(Form):
    """What an organizer says when the agenda is published."""

    remark = Text(_l("What is new, in a sentence"), most=500)
    seen = HiddenField()


def separated(words: str | None) -> list[str]:
    return [word.strip() for word in re.split(r"[,;،]", words or "") if word.strip()]


def placed(session: Session) -> dict[str, str]:
    """When and where a session is, as the form shows it."""
    starts, ends = session.starts_at.astimezone(session.meeting.tz), session.ends_at.astimezone(session.meeting.tz)
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "room": session.room.code if session.room else "",
    }


def described(session: Session) -> dict[str, object]:
    """A whole session, as the form shows it."""
    return {
        **placed(session),
        "version": str(session.version),
        "code": session.code,
        "title": session.title,
        "kind": session.kind,
        "body": session.body.code if session.body else "",
        "agenda_item": session.agenda_item,
        "summary": session.summary,
        "rule": session.rule,
        "interpretation": list(session.interpretation),
        "expected": session.expected,
    }


def said_of(role: SpeakingRole) -> dict[str, str]:
    """What is said of somebody in a part, as the form shows it."""
    named = ("role", "name", "organization", "position_held", "country", "name_own", "name_language")
    return {name: getattr(role, name) for name in named}


class AnswerForm(Form):
    """Why somebody declines a part."""

    reason = Line(_l("If you decline: why?"), description=_l("The organizers read it."), most=500)
