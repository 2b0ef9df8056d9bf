"""What an organizer types about a session, a part in it, and a release."""

import re
from datetime import date, timedelta

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.planning.grid import days_of
from eventapp.agenda.queries import times_of_sessions
from eventapp.agenda.sessions.facts import CODE, RoleFacts, SessionFacts
from eventapp.agenda.sessions.fields import MoreFields, described_more
from eventapp.agenda.sessions.when import PlaceForm, picks, placed
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen, mark_of_words
from eventapp.ground.web.forms import Form, Line, Text, WholeNumber
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.tongues.field import NamedLanguage
from eventapp.people.addresses import AddressLine
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.sessions import SPEAKING_ROLES
from eventapp.vocabulary.term import choices, terms
from eventapp.vocabulary.tongues import language_called

OFTEN = ("ar", "zh", "en", "fr", "ru", "es")  # the languages of the United Nations
RULES = terms(
    ("open", _l("Open: people may be quoted")),
    ("chatham", _l("Chatham House rule: nobody is quoted by name")),
    ("closed", _l("Closed: only those invited")),
)


def a_code(_form: PlainForm, field: Field) -> None:
    """A check that these words can stand in an address."""
    if not CODE.fullmatch(field.data):
        raise ValidationError(_("Write a short code without spaces, such as S4."))


class SessionForm(MoreFields, PlaceForm):
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
    illustrative = BooleanField(_l("This session is made up, as an illustration"))

    def __init__(self, *args: object, meeting: Meeting, days: list[date], **more: object) -> None:
        super().__init__(*args, meeting=meeting, days=days, **more)
        self.kind.choices = picks([(code, worded(one, "name")) for code, one in kinds_of(meeting).items()])
        self.rule.choices = picks(choices(RULES))
        self.offer_languages((*OFTEN, *meeting.languages))
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
        facts = SessionFacts(
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
            illustrative=bool(self.illustrative.data),
            waits=self.waits,
        )
        return self.with_more(facts)


class RoleForm(Seen):
    """A part in a session."""

    role = SelectField(_l("Role"))
    name = Line(_l("Name"), required=_l("Write the name."))
    email = AddressLine(_l("Email"))
    organization = Line(_l("Speaks for"))
    position_held = Line(_l("Post"))
    country = SelectField(_l("Country"))
    name_own = Line(_l("Name in the person’s own script"))
    name_language = NamedLanguage(_l("Language of that name"))
    illustrative = BooleanField(_l("This person is made up, as an illustration"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.role.choices = picks(choices(SPEAKING_ROLES))
        self.country.choices = picks(country_choices(), _("No country"))

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
            illustrative=bool(self.illustrative.data),
        )


class ReleaseForm(Form):
    """What an organizer says when the agenda is published."""

    remark = Text(_l("What is new, in a sentence"), most=500)
    seen = HiddenField()


def separated(words: str | None) -> list[str]:
    return [word.strip() for word in re.split(r"[,;،]", words or "") if word.strip()]


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
        "illustrative": session.illustrative,
        **described_more(session),
    }


def said_of(role: SpeakingRole) -> dict[str, str | bool]:
    """What is said of somebody in a part, as the form shows it."""
    named = ("role", "name", "organization", "position_held", "country", "name_own", "name_language", "illustrative")
    return {name: getattr(role, name) for name in named}


class AnswerForm(Form):
    """Why somebody declines a part."""

    reason = Line(_l("If you decline: why?"), description=_l("The organizers read it."), most=500)


def all_days(meeting: Meeting) -> list[date]:
    """The days a session may be on: those of the meeting and of its sessions, the one before and the one after."""
    days = days_of(meeting, times_of_sessions(meeting))
    return [days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1)]


def session_in(session: Session) -> SessionForm:
    """A whole session as it is now."""
    return SessionForm(meeting=session.meeting, days=all_days(session.meeting), data=described(session))


def place_of(session: Session) -> PlaceForm:
    """When and where a session is now."""
    return PlaceForm(meeting=session.meeting, days=all_days(session.meeting), data=placed(session))


def mark_of_place(session: Session) -> str:
    """The mark of when and where a session is: what the form of `place_of` has, made without a form."""
    return mark_of_words(placed(session).items())


def said_in(role: SpeakingRole) -> RoleForm:
    """What is said of somebody in a part now."""
    return RoleForm(prefix="role-", data=said_of(role))
