"""The registration form: for a newcomer, for somebody who changes answers, and for the counter."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields import Label, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from eventapp.db import Record
from eventapp.forms import Form, Line, Text
from eventapp.languages import name_language
from eventapp.meetings.models import Category, Meeting
from eventapp.people.addresses import AddressLine
from eventapp.registration.application import GENDERS, LANGUAGES, Application, facts_of, in_full, typed_names
from eventapp.registration.models import Registration
from eventapp.registration.offers import Offer
from eventapp.text import figure
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, country, country_choices
from eventapp.vocabulary.participants import DELEGATION_ROLES
from eventapp.words import LazyString, _, _l, language

PHONE = re.compile(r"[0-9+()./ -]{5,40}")
Group = tuple[str, tuple[tuple[str, str], ...]]
STATES = ("member", "associate", "state")


def is_phone(_form: PlainForm, field: Any) -> None:
    """Figures, and the signs people put between them."""
    if not PHONE.fullmatch(field.data):
        raise ValidationError(_("Write the number in figures, such as +66 2 288 1234."))


def represents_state(category: Category | Any) -> bool:
    """Whether people of this category name a State and their place in its delegation."""
    return category is not None and category.represents in STATES


class RegistrationForm(Form):
    SAYS: Mapping[str, LazyString] = MappingProxyType(  # what it asks for where an answer does not fit
        {
            "category": _l("Choose whom you take part for."),
            "member": _l("Choose the member you represent."),
            "associate": _l("Choose the associate member you represent."),
            "state": _l("Choose the State you represent."),
            "delegation_role": _l("Choose your place in the delegation."),
            "country": _l("Choose the country you live in."),
        }
    )

    key = HiddenField()
    base = HiddenField()  # the answers that were on record when somebody began to change them

    given_name = Line(_l("Given names"), most=100)  # many people have one name only
    family_name = Line(_l("Family name"), required=_l("Enter your family name."), most=100)
    own_name = Line(_l("Name in your own script"))
    record_name = Line(_l("Name as it should appear in the list of participants"))
    badge_name = Line(_l("Name on the badge"))
    email = AddressLine(_l("Email"), required=_l("Enter your email address."))
    phone = Line(_l("Telephone"), most=40, checks=(is_phone,))

    category = RadioField(_l("I take part for"), validate_choice=False)
    state = SelectField(_l("Member, associate member or other State"), validate_choice=False)
    delegation = Line(_l("Ministry or organization"), required=_l("Enter the ministry or organization you come for."))
    job_title = Line(_l("Job title"), required=_l("Enter your job title."))
    country = SelectField(_l("Country you live in"), validate_choice=False)
    delegation_role = RadioField(_l("Your place in the delegation"), validate_choice=False)
    letter = FileField(_l("Letter of credentials or nomination"))

    languages = SelectMultipleField(_l("Languages you follow"), validate_choice=False)
    access_needs = Text(_l("What would make it easier for you to take part?"), most=1000)
    dietary_needs = Line(_l("Food we should know about"))
    gender = RadioField(_l("Gender"), validate_choice=False)
    photo = FileField(_l("Photograph for the badge"))

    lists_name = BooleanField(_l("Show my name in the public list of participants"))
    shares_email = BooleanField(_l("Show my email to other participants"))
    may_be_photographed = BooleanField(_l("I agree to be photographed"))

    def __init__(self, typed: Any, *, meeting: Meeting | Offer, everybody: bool = False, **values: Any) -> None:
        super().__init__(typed, **values)
        self.offered = [one for one in meeting.categories if everybody or one.takes_registrations]
        self.category.choices = [SelectChoice(one.code, _l(one.name)) for one in self.offered]
        for field in (self.category, self.delegation_role, self.gender):
            field.data = field.data if field.data not in ("None", None) else ""
        self.delegation_role.choices, self.gender.choices, self.languages.choices = map(list, choices_in(language()))

    @property
    def of_states(self) -> list[str]:
        """The categories whose people name a State, by their codes."""
        return [one.code for one in self.offered if represents_state(one)]

    @property
    def states(self) -> tuple[Group, ...]:
        """The States to choose from, by their standing, in the reader's language."""
        return groups_in(language())

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """Every country, in the reader's language."""
        return countries_in(language())

    @property
    def chosen(self) -> Category | Any:
        """The category that was chosen, None for one that the form does not offer."""
        return next((one for one in self.offered if one.code == self.category.data), None)

    def validate_category(self, _field: Any) -> None:
        if self.chosen is None:
            raise ValidationError(self.SAYS["category"])

    def validate_state(self, field: Any) -> None:
        """The State is asked of those who represent one, and must be one that their category is for."""
        if not represents_state(self.chosen):
            return
        found = country(field.data or "")
        wanted = {"member": MEMBER, "associate": ASSOCIATE}.get(self.chosen.represents)
        if found is None or (wanted and found.status != wanted):
            raise ValidationError(self.SAYS[self.chosen.represents])

    def validate_delegation_role(self, field: Any) -> None:
        if field.data and field.data not in DELEGATION_ROLES:
            raise ValidationError(self.SAYS["delegation_role"])
        if not field.data and represents_state(self.chosen):
            raise ValidationError(self.SAYS["delegation_role"])

    def validate_country(self, field: Any) -> None:
        if field.data and country(field.data) is None:
            raise ValidationError(self.SAYS["country"])

    def validate_languages(self, field: Any) -> None:
        if set(field.data or ()) - {code for code, _word in LANGUAGES}:
            raise ValidationError(_("Choose from these languages."))

    def validate_gender(self, field: Any) -> None:
        if field.data and field.data not in dict(GENDERS):
            raise ValidationError(_("Choose one of these answers, or none."))

    def application(self) -> Application:
        """What was typed, for the action. The language of a name is guessed from its script."""
        for_state = represents_state(self.chosen)
        state = country(self.state.data or "") if for_state else None
        name = self.record_name.data or in_full(self.given_name.data or "", self.family_name.data)
        return Application(
            email=self.email.data,
            category=self.category.data,
            given_name=self.given_name.data or "",
            family_name=self.family_name.data,
            record_name=name,
            badge_name=self.badge_name.data or name,
            own_name=self.own_name.data or "",
            own_language=name_language(self.own_name.data or "").lang,
            delegation=state.name if state else self.delegation.data,
            delegation_country=state.iso3 if state else "",
            delegation_role=(self.delegation_role.data or "") if for_state else "",
            organization=self.delegation.data if state else "",
            job_title=self.job_title.data,
            country=self.country.data or (state.iso3 if state else ""),
            phone=self.phone.data or "",
            languages=sorted(self.languages.data or []),
            access_needs=self.access_needs.data or "",
            dietary_needs=self.dietary_needs.data or "",
            gender=self.gender.data or "",
            lists_name=self.lists_name.data,
            shares_email=self.shares_email.data,
            may_be_photographed=self.may_be_photographed.data,
        )


class CounterForm(RegistrationForm):
    """The same answers about somebody else, written down by a steward or an organizer: it speaks of the person."""

    address = HiddenField()  # the one that the page showed, where another may be written in its place

    SAYS = MappingProxyType(
        {
            "category": _l("Choose whom the person takes part for."),
            "member": _l("Choose the member the person represents."),
            "associate": _l("Choose the associate member the person represents."),
            "state": _l("Choose the State the person represents."),
            "delegation_role": _l("Choose the place in the delegation."),
            "country": _l("Choose the country the person lives in."),
        }
    )
    ASKS: Mapping[str, LazyString] = MappingProxyType(
        {
            "own_name": _l("Name in their own script"),
            "category": _l("They take part for"),
            "country": _l("Country they live in"),
            "delegation_role": _l("Place in the delegation"),
            "languages": _l("Languages they follow"),
            "access_needs": _l("What would make it easier for them to take part?"),
            "lists_name": _l("Show the name in the public list of participants"),
            "shares_email": _l("Show the email to other participants"),
            "may_be_photographed": _l("Agrees to be photographed"),
        }
    )
    NEEDS: Mapping[str, LazyString] = MappingProxyType(
        {
            "family_name": _l("Enter the family name."),
            "email": _l("Enter the email address."),
            "delegation": _l("Enter the ministry or organization they come for."),
            "job_title": _l("Enter the job title."),
        }
    )

    def __init__(self, typed: Any, *, meeting: Meeting, **values: Any) -> None:
        super().__init__(typed, meeting=meeting, everybody=True, **values)
        for name, words in self.ASKS.items():
            self[name].label = Label(self[name].id, words)
        for name, words in self.NEEDS.items():  # what must be there is asked first
            self[name].validators = [InputRequired(words), *self[name].validators[1:]]


class ReasonForm(Form):
    """What an organizer writes beside a decision."""

    key = HiddenField()
    decision = HiddenField()  # the one that the page showed; of each person where it is about many
    reason = Text(_l("Reason, if you refuse or ask"), most=1000)

    @property
    def words(self) -> str:
        """What was written, or nothing."""
        return self.reason.data or ""

    @property
    def seen(self) -> set[int]:
        """The decisions that were there to be taken back when the page was drawn."""
        return {figure(number) for number in self.decision.raw_data or ()}


class RefusalForm(ReasonForm):
    """What everybody who is refused reads."""

    reason = Text(_l("Reason"), required=_l("Write the reason: the person reads it word for word."), most=1000)


class WritingForm(Form):
    """A letter to one person."""

    key = HiddenField()
    subject = Line(_l("Subject"), required=_l("Enter a subject."))
    words = Text(_l("Message"), required=_l("Write the message."), most=5000)


class EmailForm(Form):
    """The address of somebody who lost the link."""

    email = AddressLine(_l("Email"), required=_l("Enter your email address."))


def plain(pairs: Any) -> tuple[SelectChoice, ...]:
    return tuple(SelectChoice(str(value), str(label)) for value, label in pairs)


@cache
def groups_in(_language: str) -> tuple[Group, ...]:
    """Every country by its standing, members first: (words, ((code, name), …)).

    Made once for each language: sorting 250 names costs more than the rest of the form.
    """
    names = {MEMBER: _("Members of ESCAP"), ASSOCIATE: _("Associate members"), OTHER: _("Other States and areas")}
    found = [(country(code), label) for code, label in country_choices()]
    return tuple(
        (words, tuple((one.iso3, label) for one, label in found if one and one.status == status))
        for status, words in names.items()
    )


@cache
def choices_in(_language: str) -> tuple[tuple[SelectChoice, ...], ...]:
    """Roles in a delegation, genders and languages to choose from, made once for each language."""
    roles = ((role.code, role.label) for role in DELEGATION_ROLES.values())
    return plain(roles), plain(GENDERS), plain(LANGUAGES)


@cache
def countries_in(_language: str) -> tuple[tuple[str, str], ...]:
    """Every country by name, made once for each language."""
    return tuple(country_choices())


def answers(registration: Registration, changes: Record) -> dict[str, Any]:
    """What is on record, with the changes that wait, for a form that changes it."""
    facts = facts_of(registration) | {name: pair[1] for name, pair in changes.items()}
    for_state = bool(facts["delegation_country"])
    return {
        **facts,
        **typed_names(facts),
        "email": registration.person.email,
        "state": facts["delegation_country"],
        "delegation": facts["organization"] if for_state else facts["delegation"],
    }
