"""The registration form: for a newcomer, for somebody who changes answers, and for the counter."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeGuard

from wtforms import Field, FileField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields import Label, SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import LazyString, _, _l, language
from eventapp.ground.text.languages import name_language
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.addresses import AddressLine
from eventapp.people.notice import notice_called
from eventapp.questions.kinds import REGISTRATION
from eventapp.questions.models import Question
from eventapp.registration.application import GENDERS, LANGUAGES, Application, facts_of, in_full, typed_names
from eventapp.registration.forms.choices import Group, choices_in, countries_in, groups_in
from eventapp.registration.forms.consents import Consents
from eventapp.registration.forms.organizations import name_of
from eventapp.registration.forms.questions import answers_form
from eventapp.registration.models import Registration
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, country
from eventapp.vocabulary.participants import DELEGATION_ROLES

PHONE = re.compile(r"[0-9+()./ -]{5,40}")
STATES = ("member", "associate", "state")
MUST_BE = {"member": (MEMBER,), "associate": (ASSOCIATE,)}  # what a State of this category is to the commission


def is_phone(_form: PlainForm, field: Field) -> None:
    """Figures, and the signs people put between them."""
    if not PHONE.fullmatch(field.data):
        raise ValidationError(_("Write the number in figures, such as +66 2 288 1234."))


def represents_state(category: Category | None) -> TypeGuard[Category]:
    """Whether people of this category name a State and their place in its delegation."""
    return category is not None and category.represents in STATES


class RegistrationForm(Consents):
    SAYS: Mapping[str, LazyString] = MappingProxyType(  # what it asks for where an answer does not fit
        {
            "category": _l("Choose whom you represent."),
            "member": _l("Choose the member you represent."),
            "associate": _l("Choose the associate member you represent."),
            "state": _l("Choose the State you represent."),
            "delegation_role": _l("Choose your place in the delegation."),
            "country": _l("Choose the country you live in."),
        }
    )

    key = HiddenField()
    asked = HiddenField()  # the category whose fields the page shows
    again = HiddenField()  # that the fields of the chosen category be shown: nothing is sent yet
    notice = HiddenField()  # the version of the privacy notice that it leads to
    base = HiddenField()  # the answers that were on record when somebody began to change them

    category = RadioField(_l("I take part for"), validate_choice=False)
    state = SelectField(_l("State represented"), validate_choice=False)
    delegation_role = SelectField(_l("Your place in the delegation"), validate_choice=False)
    delegation = Line(_l("Ministry or organization"), required=_l("Enter the ministry or organization you represent."))
    job_title = Line(_l("Job title"), required=_l("Enter your job title."))
    letter = FileField(_l("Letter of credentials or nomination"))

    given_name = Line(_l("Given names (if any)"), most=100)  # many people have one name only
    family_name = Line(_l("Family name"), required=_l("Enter your family name."), most=100)
    email = AddressLine(_l("Email"), required=_l("Enter your email address."))
    own_name = Line(_l("Name in your own script"))
    photo = FileField(_l("Photograph for the badge"))
    record_name = Line(_l("Name as it should appear in the list of participants"))
    badge_name = Line(_l("Name on the badge"))
    phone = Line(_l("Telephone"), most=40, checks=(is_phone,))
    country = SelectField(_l("Country you live in"), validate_choice=False)

    languages = SelectMultipleField(_l("Languages you follow"), validate_choice=False)
    access_needs = Text(_l("What would make it easier for you to take part?"), most=1000)
    dietary_needs = Line(_l("Food we should know about"))
    gender = RadioField(_l("Gender"), validate_choice=False)

    def __init__(
        self,
        typed: Typed,
        *,
        meeting: Meeting,
        everybody: bool = False,
        holds: str = "",
        stages: tuple[str, ...] = (REGISTRATION,),
        given: Mapping[str, list[str]] | None = None,
        known: tuple[Sequence[Category], Sequence[Question]] | None = None,
        **values: object,
    ) -> None:
        """A form of this meeting; the category that somebody `holds` is offered even where it takes nobody new.

        With the meeting's own questions of these stages, and what was `given` as answers before. Where many forms are
        made, the meeting's categories and questions are `known`.
        """
        super().__init__(typed, **values)
        self.meeting = meeting
        every = known[0] if known else categories_of(meeting)
        self.offered = [one for one in every if everybody or one.takes_registrations or one.code == holds]
        self.parts_associates = any(one.represents == "associate" for one in every)
        self.category.choices = [SelectChoice(one.code, worded(one, "name")) for one in self.offered]
        if not self.for_state:
            self.delegation.label = Label(self.delegation.id, _l("Organization"))
        for field in (self.category, self.delegation_role, self.gender):
            field.data = field.data if field.data not in ("None", None) else ""
        self.delegation_role.choices, self.gender.choices, self.languages.choices = map(list, choices_in(language()))
        code, asked = self.chosen.code if self.chosen else "", known[1] if known else None
        if not known:
            self.reword(meeting)
        self.own = answers_form(typed, meeting, code, stages, given, asked=asked)

    def validate(self, extra_validators: object = None) -> bool:
        """Whether every field is sound, and every question of the meeting's own that applies."""
        sound = bool(super().validate())
        return self.own.is_sound(self.category.data) and sound

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault, those of the meeting's own questions last."""
        return super().faults + self.own.faults

    @property
    def asks_again(self) -> bool:
        """Whether the fields of the chosen category come next, with what was typed: the page showed others."""
        return self.chosen is not None and bool(
            self.again.data or (self.asked.data or self.chosen.code) != self.chosen.code
        )

    @property
    def for_state(self) -> bool:
        """Whether the chosen category asks for a State and a place in its delegation."""
        return represents_state(self.chosen)

    @property
    def states(self) -> tuple[Group, ...]:
        """The States that the chosen category is for, by their standing, in the reader's language."""
        return groups_in(language(), self.statuses)

    @property
    def statuses(self) -> tuple[str, ...]:
        """What a State of the chosen category may be to the commission; areas that are no members send nobody.

        Associate members are in a category for any State only where the meeting has none of their own.
        """
        wanted = MUST_BE.get(self.chosen.represents) if self.chosen else None
        return wanted or ((MEMBER, OTHER) if self.parts_associates else (MEMBER, ASSOCIATE, OTHER))

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """Every country, in the reader's language."""
        return countries_in(language())

    @property
    def chosen(self) -> Category | None:
        """The category that was chosen, None for one that the form does not offer."""
        return next((one for one in self.offered if one.code == self.category.data), None)

    def validate_category(self, _field: Field) -> None:
        if self.chosen is None:
            raise ValidationError(self.SAYS["category"])

    def validate_state(self, field: Field) -> None:
        """The State is asked of those who represent one, and must be one that their category is for."""
        category = self.chosen
        if not represents_state(category):
            return
        found, sentence = country(field.data or ""), str(self.SAYS[category.represents])
        if found is None:
            raise ValidationError(sentence)
        if found.status not in self.statuses:
            absent = _("%(name)s is not on this list.", name=found.label)
            raise ValidationError(f"{absent} {sentence}")

    def validate_delegation_role(self, field: Field) -> None:
        if field.data and field.data not in DELEGATION_ROLES:
            raise ValidationError(self.SAYS["delegation_role"])
        if not field.data and represents_state(self.chosen):
            raise ValidationError(self.SAYS["delegation_role"])

    def validate_country(self, field: Field) -> None:
        if field.data and country(field.data) is None:
            raise ValidationError(self.SAYS["country"])

    def validate_languages(self, field: Field) -> None:
        if set(field.data or ()) - {code for code, _word in LANGUAGES}:
            raise ValidationError(_("Choose from these languages."))

    def validate_gender(self, field: Field) -> None:
        if field.data and field.data not in dict(GENDERS):
            raise ValidationError(_("Choose one of these answers, or none."))

    def name_of(self, organization: str) -> str:
        """The name of the organization that was typed, as a delegation has it."""
        return name_of(organization, self.meeting.id)

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
            delegation=state.name if state else self.name_of(self.delegation.data),
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
            may_be_photographed=not self.no_photographs.data,
            privacy_notice=notice_called(self.notice.data),
            consent_wording=self.wording_read(self.meeting),
            answers=self.own.given(self.category.data),
        )


class EmailForm(Form):
    """The address of somebody who lost the link."""

    email = AddressLine(_l("Email"), required=_l("Enter your email address."))


def answers(registration: Registration, changes: Record) -> Record:
    """What is on record, with the changes that wait, for a form that changes it."""
    facts = facts_of(registration) | {name: pair[1] for name, pair in changes.items()}
    for_state = bool(facts["delegation_country"])
    return {
        **facts,
        **typed_names(facts),
        "email": registration.person.email,
        "state": facts["delegation_country"],
        "no_photographs": not facts["may_be_photographed"],
        "delegation": facts["organization"] if for_state else facts["delegation"],
    }
