"""The registration form about somebody else."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from wtforms import HiddenField
from wtforms.fields import Label
from wtforms.validators import InputRequired

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.web.forms import Typed
from eventapp.meetings.models import Category, Meeting
from eventapp.questions.kinds import APPROVED, FILE, REGISTRATION
from eventapp.questions.models import Question
from eventapp.registration.decisions.forms import OverridingForm
from eventapp.registration.forms.registration import RegistrationForm


class CounterForm(OverridingForm, RegistrationForm):
    """The same answers about somebody else, written down by a steward or an organizer: it speaks of the person."""

    address = HiddenField()  # the one that the page showed, where another may be written in its place

    SAYS = MappingProxyType(
        {
            "category": _l("Choose whom the person represents."),
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
            "no_photographs": _l("Asks for no photographs"),
        }
    )
    NEEDS: Mapping[str, LazyString] = MappingProxyType(
        {
            "family_name": _l("Enter the family name."),
            "email": _l("Enter the email address."),
            "delegation": _l("Enter the ministry or organization they represent."),
            "job_title": _l("Enter the job title."),
        }
    )

    def __init__(
        self,
        typed: Typed,
        *,
        meeting: Meeting,
        stages: tuple[str, ...] = (REGISTRATION,),
        given: Mapping[str, list[str]] | None = None,
        known: tuple[Sequence[Category], Sequence[Question]] | None = None,
        **values: object,
    ) -> None:
        super().__init__(
            typed, meeting=meeting, everybody=True, holds="", stages=stages, given=given, known=known, **values
        )
        for question in self.own.questions:
            if question.kind == FILE or question.stage == APPROVED:  # the person answers it, now or later
                self.own.field_of(question).flags.required = False
        for name, words in self.ASKS.items():
            self[name].label = Label(self[name].id, words)
        for name, words in self.NEEDS.items():  # what must be there is asked first
            self[name].validators = [InputRequired(words), *self[name].validators[1:]]
