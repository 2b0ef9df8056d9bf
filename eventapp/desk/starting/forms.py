from collections.abc import Sequence

from wtforms import BooleanField, Field, FileField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from eventapp.desk.bodies.queries import KnownBody
from eventapp.desk.meeting_kinds.forms import choices_of
from eventapp.desk.starting.content import AT_FIRST, LONGEST_SLUG, PARTS, Beginning, slug_for
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.ground.web.typed_fields import TypedDay
from eventapp.meeting_file.kinds import SLUG
from eventapp.meetings.local_time import MOST_DAYS, are_days, day, zone_names
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting, kinds_to_choose
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.addresses import AddressLine
from eventapp.vocabulary.countries import country_choices


class NewMeetingForm(Form):
    """A meeting of which the title, the days, the place, the zone and an organizer are known."""

    title = Line(_l("Title in full"), required=_l("Write the title in full."), most=300)
    starts_on = TypedDay(_l("First day"), [InputRequired(_l("Choose the first day."))])
    ends_on = TypedDay(_l("Last day"), [InputRequired(_l("Choose the last day."))])
    venue = Line(_l("Venue"), required=_l("Write the venue."))
    city = Line(_l("City"), required=_l("Write the city."), most=120)
    country = SelectField(_l("Country"), validators=[InputRequired(_l("Choose a country."))])
    zone = SelectField(_l("Time zone"), validators=[InputRequired(_l("Choose a time zone."))])
    organization = Line(_l("Convened by"), required=_l("Write who convenes the meeting."))
    organizer = Line(_l("Name of its organizer"), required=_l("Write who organizes it."), most=120)
    email = AddressLine(_l("Email of its organizer"), required=_l("Write the organizer’s email."))
    slug = Line(_l("Address on the web"), most=LONGEST_SLUG)
    body = SelectField(_l("Body"), validate_choice=False)
    kind = SelectField(_l("Kind of meeting"), validate_choice=False)
    categories = BooleanField(_l("Begin with the usual categories of participants"), default=True)

    def __init__(self, *args: object, bodies: Sequence[KnownBody], needs_body: bool, **more: object) -> None:
        first = SelectChoice("", _("Choose") if needs_body else _("None"))
        if needs_body and len(bodies) == 1:
            more = {"body": bodies[0].code, **more}
        super().__init__(*args, **more)
        self.bodies, self.needs_body = bodies, needs_body
        self.body.choices = [first, *(SelectChoice(one.code, one.name) for one in bodies)]
        self.body.flags.required = needs_body
        self.kind.choices = choices_of(kinds_to_choose())
        self.zone.choices = [SelectChoice("", _("Choose")), *(SelectChoice(name, name) for name in zone_names())]
        self.country.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(code, name) for code, name in country_choices()),
        ]

    def validate_ends_on(self, field: Field) -> None:
        """A meeting does not end before it begins."""
        if not self.starts_on.data or not field.data:
            return
        if field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first one. Choose a later day."))
        if not are_days(self.starts_on.data, field.data):
            raise ValidationError(_("A meeting lasts %(most)s days or less. Look at both years again.", most=MOST_DAYS))

    def validate_body(self, field: Field) -> None:
        """Who organizes bodies makes meetings of these; nobody of one that there is not."""
        if not self.chosen_body and (self.needs_body or field.data):
            raise ValidationError(_("Choose the body that the meeting is of."))

    def validate_kind(self, field: Field) -> None:
        """There is the kind that was chosen, if any was."""
        if field.data and field.data not in [one.value for one in field.iter_choices()]:
            raise ValidationError(_("Choose a kind of meeting from the list."))

    def validate_slug(self, field: Field) -> None:
        """An address is made of small Latin letters and figures, and no other meeting has it."""
        if field.data and not SLUG.fullmatch(field.data):
            raise ValidationError(_("Write small letters a to z, figures and hyphens, such as wsis-bangkok-2016."))
        if field.data and meeting_at(field.data):
            raise ValidationError(_("Another meeting has this address. Choose another."))

    @property
    def chosen_body(self) -> KnownBody | None:
        """The body that the meeting is of, None where none was chosen."""
        return next((one for one in self.bodies if one.code == self.body.data), None)

    def beginning(self) -> Beginning:
        """What was typed, once it is sound; an address that was left out is made of the title and the year."""
        return Beginning(
            slug=self.slug.data
            or slug_for(self.title.data, day(self.starts_on.data), lambda slug: bool(meeting_at(slug))),
            title=self.title.data,
            starts=day(self.starts_on.data),
            ends=day(self.ends_on.data),
            venue=self.venue.data,
            city=self.city.data,
            country=self.country.data,
            zone=self.zone.data,
            organization=self.organization.data,
            organizer=self.organizer.data,
            email=self.email.data,
            kind=self.kind.data or "",
        )


class CopyForm(NewMeetingForm):
    """The next meeting after an earlier one, and what of that comes along."""

    parts = SelectMultipleField(_l("What comes along"), default=AT_FIRST)

    def __init__(self, *args: object, source: Meeting, **more: object) -> None:
        known = {name: getattr(source, name) for name in ("title", "venue", "city", "country", "zone", "organization")}
        kind = kind_of_meeting(source)
        known["kind"] = kind.code if kind and kind.ended_at is None else ""
        super().__init__(*args, **{**known, **more})
        self.parts.choices = [SelectChoice(code, str(label)) for code, (label, _names) in PARTS.items()]

    def validate_parts(self, field: Field) -> None:
        """Sessions come along on the new days or without any."""
        if {"sessions", "undated"} <= set(field.data or ()):
            raise ValidationError(_("Choose sessions on the new days or sessions without dates, not both."))


class MeetingFileForm(Form):
    """A meeting file."""

    file = FileField(_l("Meeting file"))
