"""One row of a file of guests as a form, and what an organizer decides for all of them."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.addresses import AddressLine
from eventapp.registration.by_file.words import code_in, countries_by_word, languages_by_word
from eventapp.registration.imports.columns import CATEGORY, REPRESENTS
from eventapp.registration.imports.typed import STATES, Reading
from eventapp.vocabulary.countries import AREA, country


class GuestTermsForm(Form):
    """What an organizer decides for everybody in a file of guests."""

    send = RadioField(
        _l("Letters of invitation"),
        choices=[
            SelectChoice("later", _l("Nobody gets a letter yet: they are drafts")),
            SelectChoice("now", _l("Everybody gets the letter as soon as they are imported")),
        ],
        default="later",
    )
    category = SelectField(_l("Type of participant where the file says none"), validate_choice=False)
    language = SelectField(
        _l("Language of the letter where the file says none"),
        choices=[SelectChoice(*one) for one in LANGUAGES.items()],
        default="en",
    )
    skips_approval = BooleanField(_l("No organizer has to approve them"))

    def __init__(self, sent: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(sent, **{**values, "skips_approval": bool(values.get("skips_approval"))})
        self.category.choices = [SelectChoice(one.code, worded(one, "name")) for one in categories_of(meeting)]

    @property
    def terms(self) -> dict[str, str]:
        """What was chosen, by name."""
        chosen = {name: str(self[name].data) for name in ("send", CATEGORY, "language")}
        return {**chosen, "skips_approval": "y" if self.skips_approval.data else ""}


class GuestRowForm(Form):
    """A guest as a row of a file names them."""

    family_name = Line(_l("Family name"), required=_l("Enter the family name."), most=100)
    given_name = Line(_l("Given names (if any)"), most=100)
    email = AddressLine(_l("Email"), required=_l("Enter the email address."))
    category = SelectField(_l("Type of participant"), validate_choice=False)
    state = SelectField(_l("State represented"), validate_choice=False)
    organization = Line(_l("Organization"))
    language = SelectField(_l("Language of the letter"), validate_choice=False)

    def __init__(self, sent: Typed, categories: Mapping[str, Category]) -> None:
        super().__init__(sent)
        self.categories = categories

    def validate_category(self, field: Field) -> None:
        """One of the meeting's."""
        if field.data not in self.categories:
            raise ValidationError(_l("Choose the type of participant."))

    def validate_state(self, field: Field) -> None:
        """A State for those who come for one; it may be left open."""
        found = country(field.data or "")
        if field.data and (found is None or found.status == AREA):
            raise ValidationError(_l("Choose the State the person represents."))


def guest_form(read: Reading, cells: Sequence[str]) -> GuestRowForm:
    """This row as the form."""
    words = read.words(cells)
    category = code_in(read.types, words[CATEGORY]) if CATEGORY in words else read.terms.get(CATEGORY, "")
    chosen, named = read.categories.get(category), words.get(REPRESENTS, "")
    comes_for_state = chosen is not None and chosen.represents in STATES
    spoken = code_in(languages_by_word(), words.get("language", ""))
    sent = {name: words.get(name, "") for name in ("family_name", "given_name", "email", "organization")}
    sent |= {"category": category, "language": spoken if spoken in LANGUAGES else read.terms.get("language", "en")}
    if comes_for_state:
        sent["state"] = code_in(countries_by_word(), named) if named else ""
    else:
        sent["organization"] = read.name_of(named or sent["organization"])
    return GuestRowForm(MultiDict(sent), read.categories)
