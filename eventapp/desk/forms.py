"""What an organizer types about a meeting, and what it means."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from eventapp.agenda.sessions.when import FIRST, SECOND
from eventapp.agenda.zones.changing import ZoneChange, hour_missing, zone_change
from eventapp.desk.clocks import CLOCKS, MOMENTS
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import paragraphs
from eventapp.ground.web.forms import Form, Line, Text, WholeNumber
from eventapp.ground.web.typed_fields import Moment, TypedDay
from eventapp.meetings.facts import MeetingFacts
from eventapp.meetings.local_time import MOST_DAYS, NotAMoment, are_days, day, typed_moment, words_of, zone_names
from eventapp.meetings.models import Meeting
from eventapp.networking.slots.actions import count_slots
from eventapp.people.addresses import AddressLine
from eventapp.vocabulary.countries import country_choices

PARAGRAPHS = 20_000  # characters of all paragraphs of a text together


def a_moment(form: PlainForm, field: Field) -> None:
    """A check that these words are a moment in the zone the form names."""
    try:
        typed_moment(field.data, zone_in(form))
    except NotAMoment as fault:
        raise ValidationError(str(fault)) from None


def zone_in(form: PlainForm) -> ZoneInfo:
    """The zone this form names; UTC while it names none."""
    named = form.zone.data
    return ZoneInfo(named if named in available_timezones() else "UTC")


class MeetingForm(Form):
    """The meeting itself."""

    version = HiddenField()
    title = Line(_l("Title in full"), required=_l("Write the title in full."), most=300)
    short_title = Line(_l("Short title"), required=_l("Write a short title."), most=120)
    symbol = Line(_l("Symbol of its papers"), most=80)
    starts_on = TypedDay(_l("First day"), [InputRequired(_l("Choose the first day."))])
    ends_on = TypedDay(_l("Last day"), [InputRequired(_l("Choose the last day."))])
    zone = SelectField(_l("Time zone"), validators=[InputRequired(_l("Choose a time zone."))])
    clocks = RadioField(
        _l("What was planned already"),
        choices=[
            SelectChoice(CLOCKS, _l("Keeps its times: 10:00 is 10:00 in the new zone")),
            SelectChoice(MOMENTS, _l("Keeps its moments: clocks show another time")),
        ],
        validate_choice=False,
    )
    twice = RadioField(
        _l("The clocks go back that night: which of the two hours?"),
        choices=[SelectChoice(FIRST, _l("The first one")), SelectChoice(SECOND, _l("The second one"))],
        validate_choice=False,
    )
    city = Line(_l("City"), required=_l("Write the city."), most=120)
    country = SelectField(_l("Country"), validators=[InputRequired(_l("Choose a country."))])
    venue = Line(_l("Venue"), required=_l("Write the venue."))
    address = Line(_l("Address of the venue"), most=300)
    organization = Line(_l("Convened by"), required=_l("Write who convenes the meeting."))
    contact_email = AddressLine(_l("Address for questions"), required=_l("Write an address for questions."))
    capacity = WholeNumber(_l("Places in all"), required=_l("Write the number of places."))
    registration_opens_at = Moment(
        _l("Registration opens"), required=_l("Write when registration opens."), checks=(a_moment,)
    )
    registration_closes_at = Moment(
        _l("Registration closes"), required=_l("Write when registration closes."), checks=(a_moment,)
    )
    mandate = Text(_l("Mandate"), most=PARAGRAPHS)
    purpose = Text(_l("Purpose"), most=PARAGRAPHS)
    objectives = Text(_l("Objectives"), most=PARAGRAPHS)
    content_blocks = Text(_l("What it covers"), most=PARAGRAPHS)
    outcomes_go_to = Text(_l("Where the outcomes go"), most=PARAGRAPHS)
    illustrative = Text(_l("What is illustrative"), most=1000)

    change: ZoneChange | None = None  # what another zone concerns
    slots = 0  # for bilateral meetings, which it concerns too

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.zone.choices = zone_names()
        self.country.choices = [SelectChoice(code, name) for code, name in country_choices()]

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        """The form as the meeting stands now."""
        words = {name: getattr(meeting, name) for name in cls.plain()}
        moments = {
            name: words_of(getattr(meeting, name), meeting.tz)
            for name in ("registration_opens_at", "registration_closes_at")
        }
        texts = {name: "\n\n".join(getattr(meeting, name)) for name in cls.texts()}
        return cls(**words, **moments, **texts)

    def ask_of(self, meeting: Meeting) -> None:
        """Let the form ask what becomes of the sessions and slots of this meeting, where it names another zone."""
        if self.zone.data in available_timezones() and self.zone.data != meeting.zone:
            found, self.slots = zone_change(meeting, self.zone.data), count_slots(meeting)
            self.change = found if found.sessions or self.slots else None

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the form is sound; where the zone is another one, what becomes of what was planned is asked."""
        sound = bool(super().validate(extra_validators))
        return self.says_what_stays() and sound

    def says_what_stays(self) -> bool:
        """Whether it is said what becomes of what was planned, as far as it has to be; else the field says so."""
        if self.change is None:
            return True
        if self.clocks.data not in (CLOCKS, MOMENTS):
            self.clocks.errors = [_("The time zone is another one. Choose what becomes of what was planned.")]
        elif self.clocks.data == CLOCKS and self.change.missing:
            self.clocks.errors = [hour_missing(self.change, self.zone.data)]
        elif self.clocks.data == CLOCKS and self.change.twice and self.twice.data not in (FIRST, SECOND):
            codes = self.change.names(self.change.twice)
            self.twice.errors = [_("The hour of %(codes)s comes twice there. Say which one is meant.", codes=codes)]
        return not (self.clocks.errors or self.twice.errors)

    @property
    def keeps(self) -> str:
        """What stays where the zone is another one: times, unless the moments were chosen."""
        return MOMENTS if self.clocks.data == MOMENTS else CLOCKS

    @staticmethod
    def plain() -> tuple[str, ...]:
        return (
            *("version", "title", "short_title", "symbol", "starts_on", "ends_on", "zone", "city", "country"),
            *("venue", "address", "organization", "contact_email", "capacity", "illustrative"),
        )

    @staticmethod
    def texts() -> tuple[str, ...]:
        return ("mandate", "purpose", "objectives", "content_blocks", "outcomes_go_to")

    def validate_ends_on(self, field: Field) -> None:
        """A meeting does not end before it begins."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first one. Choose a later day."))
        if self.starts_on.data and field.data and not are_days(self.starts_on.data, field.data):
            raise ValidationError(_("A meeting lasts %(most)s days or less. Look at both years again.", most=MOST_DAYS))

    def validate_registration_closes_at(self, field: Field) -> None:
        """Registration does not close before it opens."""
        try:
            opens, closes = (typed_moment(one.data, zone_in(self)) for one in (self.registration_opens_at, field))
        except (NotAMoment, TypeError):
            return  # the field itself says so
        if closes <= opens:
            raise ValidationError(_("Registration closes before it opens. Write a later time."))

    def moment(self, field: Field, stands: datetime, before: ZoneInfo) -> datetime:
        """The moment that was typed; where moments are kept and nobody typed another time, the one that stands."""
        stays = self.keeps == MOMENTS and field.data == words_of(stands, before)
        return stands if stays else typed_moment(field.data, zone_in(self))

    def facts(self, meeting: Meeting) -> MeetingFacts:
        """What was typed about this meeting, once it is sound; its languages stay."""
        zone = zone_in(self)
        texts: Record = {name: paragraphs(self[name].data) for name in self.texts()}
        return MeetingFacts(
            title=self.title.data,
            short_title=self.short_title.data,
            symbol=self.symbol.data or "",
            starts_on=day(self.starts_on.data),
            ends_on=day(self.ends_on.data),
            zone=zone.key,
            city=self.city.data,
            country=self.country.data,
            venue=self.venue.data,
            address=self.address.data or "",
            organization=self.organization.data,
            contact_email=self.contact_email.data,
            languages=list(meeting.languages),
            illustrative=self.illustrative.data or None,
            capacity=int(self.capacity.data or 0),
            registration_opens_at=self.moment(self.registration_opens_at, meeting.registration_opens_at, meeting.tz),
            registration_closes_at=self.moment(self.registration_closes_at, meeting.registration_closes_at, meeting.tz),
            **texts,
        )
