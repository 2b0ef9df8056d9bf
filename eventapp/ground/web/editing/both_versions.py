"""Two organizers at one form: nobody writes over what was saved meanwhile; it stands beside what was typed."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from wtforms import BooleanField, Field, FieldList, FileField, HiddenField
from wtforms.fields.choices import SelectFieldBase

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.forms import Form


class Difference(NamedTuple):
    """What stands now where something else was typed: the id of the field, what it is called, the text."""

    field: str
    label: str
    text: str


class Seen(Form):
    """A form that carries a mark of what stood when it was opened."""

    seen = HiddenField()


def refuse_older(form: Seen, stands: Form) -> None:
    """Refused where somebody saved something else since it was opened. `stands` is the form of what stands now."""
    if form.seen.data and form.seen.data != mark_of(stands):  # a program that sends a form has no mark
        raise Refused(_("Somebody changed this meanwhile. Compare, and save again what is to stand."))


def show_both(form: Form, stands: Form) -> None:
    """Let the page show what stands now where something else was typed; a form with a mark may be sent again then."""
    pairs = [(field, stands[field.short_name]) for field in form if is_compared(field) and field.short_name in stands]
    form.differences = [
        Difference(field.id, str(field.label.text), words_in(now))
        for field, now in pairs
        if words_in(field) != words_in(now)
    ]
    if isinstance(form, Seen):
        form.seen.data = mark_of(stands)


def mark_of(form: Form) -> str:
    """A mark that is another one where somebody has changed what this form is about."""
    return mark_of_words((field.name, words_of(field)) for field in form if is_shown(field))


def words_of(field: Field) -> str:
    """What a field holds; "" where that is nothing. The number 0 is something."""
    is_zero = field.data == 0 and field.data is not False
    return str(field.data) if field.data or is_zero else ""


def mark_of_words(stands: Iterable[tuple[str, str]]) -> str:
    """The same mark of what stands, given as the names and the words of the fields in their order: it needs no form."""
    return sha256(json.dumps([list(pair) for pair in stands]).encode()).hexdigest()[:16]


def is_shown(field: Field) -> bool:
    return not isinstance(field, HiddenField | FileField | FieldList)


def is_compared(field: Field) -> bool:
    return is_shown(field) or isinstance(field, FieldList)


def words_in(field: Field) -> str:
    """What a field says, as its reader knows it: the label of a choice, yes or no, a text with its lines; of rows of
    fields a line for each in which something was written.
    """
    if isinstance(field, FieldList):
        rows = [[one for one in row.form if is_shown(one)] for row in field]
        written = (row for row in rows if any(one.data and one.data != one.default for one in row))
        return "\n".join(" · ".join(words_in(one) for one in row if one.data) for row in written)
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, SelectFieldBase):
        wanted = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(str(one.label) for one in field.iter_choices() if one.value in wanted)
    return "" if field.data is None else str(field.data).replace("\r\n", "\n").strip()
