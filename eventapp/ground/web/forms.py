"""Forms: what was typed, what is wrong with it, and why we said no."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import session
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, IntegerField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation

from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import LazyString, _, _l, language
from eventapp.ground.text.languages import writes_month_first
from eventapp.ground.text.policy import FIGURES, LINE_LENGTH, UNWRITABLE, clean, fault_in
from eventapp.ground.text.typed import day_in
from eventapp.ground.web.redraw.redrawable import Redrawable

Label = LazyString | str
Typed = MultiDict[str, str] | None  # what a form was sent, None where it is shown first
LARGEST_NUMBER = 100_000


class Form(Redrawable):
    """What somebody typed. `refusal` is the sentence of what the domain refused, shown above the fields."""

    refusal = ""
    refused: Refused | None = None
    differences: Sequence[
        tuple[str, str, str]
    ] = ()  # where others saved meanwhile: id of a field, its label, what stands

    class Meta(DefaultMeta):
        """How each field is shown, and in which language it speaks."""

        @property
        def locales(self) -> list[str]:
            """The reader's language: what the fields say by themselves comes from the catalogues of WTForms."""
            return [language()]

        def render_field(self, field: Field, render_kw: dict[str, object]) -> str:
            """The field; a character that no page may hold is shown as one that can be seen and removed."""
            shown: str = super().render_field(field, render_kw)
            return shown.translate(UNWRITABLE)

    def refuse(self, refusal: Refused) -> None:
        """Keep the domain's sentence to show it above what was typed, or beside the field that it is about."""
        self.refused = refusal
        if refusal.beside in self:
            self[refusal.beside].errors = [str(refusal)]
        else:
            self.refusal = str(refusal)

    def forgive(self) -> None:
        """Say nothing of what is wrong: it may still come."""
        for field in self:
            field.errors = ()

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of the field, sentence), in the order of the page."""
        found = ((field.id, one) for field in self for one in field.errors)
        return [(name, str(one)) for name, one in found if not isinstance(one, (list, dict))]


Check = Callable[[Form, Field], None]


class Line(StringField):
    """One line of text under the policy of text.py."""

    multiline = False
    data: Any  # WTForms has None where nothing was typed
    raw_data: list[str]

    def __init__(
        self,
        label: Label,
        *,
        required: Label | None = None,
        most: int = LINE_LENGTH,
        checks: tuple[Check, ...] = (),
        **more: object,
    ) -> None:
        self.most = most
        first: Check = Optional() if required is None else InputRequired(required)  # asking a lazy text translates it
        super().__init__(label, [first, Sound(), *checks], **more)

    def process_data(self, value: object) -> None:
        """What stood there before, cleaned in the same way."""
        self.data = clean(value) if isinstance(value, str) else value

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed, cleaned before anything judges it: blank counts as nothing typed."""
        if valuelist:
            self.data = clean(valuelist[0])
            self.raw_data = [self.data]


class Text(Line, TextAreaField):
    """Several lines of text under the policy of text.py."""

    multiline = True


class Day(DateField):
    """A day somebody may leave out, chosen in a field of the browser."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """The day that was typed, in any way that day_in() reads."""
        words = clean(valuelist[0]) if valuelist else ""
        self.data = day_in(words, month_first=writes_month_first()) if words else None
        if words and self.data is None:
            raise ValueError(_("Write the day as 2018-01-31, 31/01/2018 or 31 January 2018."))


class WholeNumber(IntegerField):
    """A whole number; where it is not required, nothing typed means no number."""

    def __init__(self, label: Label, *, required: Label | None = None, least: int = 1, **more: object) -> None:
        first: Check = InputRequired(required) if required else Optional()
        message = _l("Write a whole number from %(least)s to %(most)s.", least=least, most=f"{LARGEST_NUMBER:,}")
        super().__init__(label, [first, NumberRange(least, LARGEST_NUMBER, message)], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed as a number, or a sentence that says what to write."""
        words = valuelist[0].strip() if valuelist else ""
        self.data = None
        if words and not (words.isascii() and words.isdigit()):
            raise ValueError(_("Write a whole number, in figures."))
        if words:
            self.data = int(words) if FIGURES.fullmatch(words) else LARGEST_NUMBER + 1

    def pre_validate(self, _form: Redrawable) -> None:
        """What is no number is said once."""
        if self.process_errors:
            raise StopValidation


class Sound:
    """Says what is wrong with a text, in the words of text.py."""

    def __call__(self, form: Redrawable, field: Field) -> None:
        most = getattr(field, "most", LINE_LENGTH)
        fault = fault_in(field.data or "", most=most, lines=getattr(field, "multiline", False))
        if fault:
            raise StopValidation(fault)  # what else it is to be asks nobody any more


def token_of_today() -> str:
    """The token of the form that signs out: the same all day, so that a page that did not change is the same bytes."""
    day = now().toordinal()
    made, token = session.get("token_of_today") or (0, "")
    if made != day:
        token = generate_csrf()
        session["token_of_today"] = day, token
    return str(token)
