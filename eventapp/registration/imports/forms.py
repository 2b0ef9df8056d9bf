"""The file that an organizer chooses, what its columns are, and one of its rows as the form about somebody else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict
from wtforms import FileField, HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from eventapp.ground.tables.reading import cell_name
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Typed
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.registration.answers.queries import given
from eventapp.registration.application import Application
from eventapp.registration.forms.choices import choices_in
from eventapp.registration.forms.registration import answers
from eventapp.registration.imports.columns import CATEGORY, NEEDED, REPRESENTS, ROLE
from eventapp.registration.imports.models import Import
from eventapp.registration.imports.typed import PREFIX, Reading, typed
from eventapp.registration.models import Registration
from eventapp.registration.walk_ins.forms import CounterForm

COLUMN = "column-"
NOT_ASKED = ("held", "key", "asked", "again", "base", "address", "despite")
CELLS = {"state": REPRESENTS, "delegation": "organization", "no_photographs": "may_be_photographed"}  # where it stands


class PeopleFileForm(Form):
    """A file of participants."""

    file = FileField(_l("File with people, CSV or XLSX"))
    kind = HiddenField()


class TermsForm(Form):
    """What an organizer decides for everybody in the file, and what each column is."""

    place = RadioField(
        _l("What the new people get"),
        choices=[
            SelectChoice("approved", _l("A place at once, where there is one and nothing stands against it")),
            SelectChoice("pending", _l("No place yet: they are listed under “To check”")),
        ],
        default="pending",
    )
    letters = RadioField(
        _l("Letters"),
        choices=[
            SelectChoice("none", _l("Nobody gets a letter")),
            SelectChoice("all", _l("Each new person gets the letter that fits")),
        ],
        default="none",
    )
    there = RadioField(
        _l("People who are registered already"),
        choices=[
            SelectChoice("change", _l("Change what the file says otherwise")),
            SelectChoice("leave", _l("Leave as they are")),
        ],
        default="change",
    )
    category = SelectField(_l("Type of participant where the file says none"), validate_choice=False)
    delegation_role = SelectField(_l("Place in the delegation where the file says none"), validate_choice=False)
    columns: Sequence[str] = ()

    def __init__(self, sent: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(sent, **values)
        offered = [SelectChoice(one.code, worded(one, "name")) for one in categories_of(meeting)]
        self.category.choices = [SelectChoice("", _("None")), *offered]
        self.delegation_role.choices = [SelectChoice("", _("None")), *choices_in(language())[0][1:]]
        for field in (self.category, self.delegation_role):
            known = {choice.value for choice in field.choices}
            field.data = field.data if field.data in known else ""

    @property
    def terms(self) -> dict[str, str]:
        """What was chosen, by name."""
        return {name: str(self[name].data) for name in ("place", "letters", "there", CATEGORY, ROLE)}


def columns_sent(sent: Mapping[str, str], many: int, choices: Mapping[str, str]) -> list[str]:
    """What each column was said to be; what is no choice is nothing."""
    found = [sent.get(f"{COLUMN}{place}", "") for place in range(many)]
    return [code if code in choices else "" for code in found]


def fault_in_columns(columns: Sequence[str], choices: Mapping[str, str], needed: Sequence[str] = NEEDED) -> str:
    """Why these columns cannot be read, "" where they can."""
    missing = [choices[code] for code in needed if code not in columns]
    if missing:
        return _("Say which column has: %(heads)s.", heads=", ".join(missing))
    twice = [choices[code] for code in dict.fromkeys(columns) if code and columns.count(code) > 1]
    return _("Two columns cannot be the same: %(heads)s.", heads=", ".join(twice)) if twice else ""


class RowForm(CounterForm):
    """The form about somebody else, filled by a row: nothing of the meeting's own must be answered by it."""

    def __init__(
        self, sent: Typed, meeting: Meeting, read: Reading, stages: tuple[str, ...], given: Mapping[str, list[str]]
    ) -> None:
        known = (tuple(read.categories.values()), read.asked)
        super().__init__(sent, meeting=meeting, stages=stages, given=given, known=known)
        self.read = read
        for question in self.own.questions:
            self.own.field_of(question).flags.required = False
        if self.for_state:  # a State is enough, as where it nominates
            rest = [one for one in self.delegation.validators if not isinstance(one, InputRequired)]
            self.delegation.validators = [Optional(), *rest]

    def name_of(self, organization: str) -> str:
        """As the form has it, looked up for many rows at once."""
        return self.read.name_of(organization)


def form_of(
    one: Import, read: Reading, cells: Sequence[str], there: Registration | None, stages: tuple[str, ...]
) -> RowForm:
    """This row as the form, over what is on record of somebody who is there."""
    answered = given(there, stages=stages) if there and read.questions else {}
    before = on_record(there, answered) if there else None
    return RowForm(typed(read, cells, before), one.meeting, read, stages, answered)


def application_of(form: RowForm, read: Reading) -> Application:
    """What the row says, for the action; of the meeting's own questions nothing where the file has none of them."""
    made = form.application()
    return made if read.questions else replace(made, answers=None)


def faults_of(form: RowForm, read: Reading, cells: Sequence[str], number: int) -> list[list[str]]:
    """What is wrong with the row, each as [cell, sentence, what stands there]."""
    words, found = read.words(cells), list[list[str]]()
    no_type = _("Say what the person takes part as: choose a type for the file, or give it a column.")
    for name, sentence in form.faults:
        if name in NOT_ASKED:
            continue
        code = CELLS.get(name, name.removeprefix(PREFIX))
        if code == "organization" and code not in read.columns:
            code = REPRESENTS
        place = read.columns.get(code)  # none where the file has no such column: then the row is named
        if place is None:
            found.append(["", no_type if code == CATEGORY else sentence, ""])
        else:
            found.append([cell_name(place, number - 1), sentence, words.get(code, "")[:60]])
    return found


def on_record(there: Registration, answered: Mapping[str, Sequence[str]]) -> MultiDict[str, str]:
    """What is on record of a person, as the form would send it."""
    sent: MultiDict[str, str] = MultiDict()
    for name, value in answers(there, {}).items():
        if isinstance(value, bool):
            if value:
                sent[name] = "y"
        elif isinstance(value, list):
            sent.setlist(name, [str(part) for part in value])
        else:
            sent[name] = str(value)
    for code, values in answered.items():
        sent.setlist(PREFIX + code, list(values))
    return sent
