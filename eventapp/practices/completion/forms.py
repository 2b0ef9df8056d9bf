"""The form where the secretariat completes a card, and its answers as a reader sees them."""

from wtforms import BooleanField, Field, SelectField

from eventapp.drafts.protocol import DraftForm
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l
from eventapp.practices.completion.actions import COMPLETED
from eventapp.practices.content import Practice
from eventapp.practices.detail_forms import DetailForm, part
from eventapp.practices.details import DETAILS
from eventapp.vocabulary.countries import country_choices


class CompletionForm(DraftForm, DetailForm):
    """What the secretariat completes of a card before it is forwarded."""

    country = SelectField(_l("Country"), default="")
    partners = part(_l("Partners"), "partners")
    challenges = part(_l("Challenges"), "challenges")
    prospects = part(_l("What comes next"), "prospects")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.country.choices = [("", _("No single country")), *country_choices()]

    def completed(self) -> Record:
        """What was typed, by the names of the parts of a card."""
        country = self.country.data if self.country.data in dict(self.country.choices) else ""
        typed = {**self.details(), "country": country}
        return {name: typed[name] for name in COMPLETED}


def labelled(details: Record) -> list[tuple[str, str]]:
    """These parts as a reader sees them: the label of the field, and the words."""
    form, known = CompletionForm(), {name: value for name, value in details.items() if name in COMPLETED}
    return [(str(form[name].label.text), words_for(form[name], known[name])) for name in COMPLETED if name in known]


def words_for(field: Field, value: str) -> str:
    """The words that stand for what a field holds: the label of a code, yes or no."""
    if isinstance(field, SelectField):
        return str(dict(field.choices).get(value, value)) if value else ""
    return (_("Yes") if value else _("No")) if isinstance(field, BooleanField) else value


def labelled_details(practice: Practice) -> list[tuple[str, str]]:
    """The details that a card has, as a reader sees them."""
    return labelled({name: getattr(practice, name) for name in DETAILS if getattr(practice, name)})
