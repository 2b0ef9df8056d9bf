"""Forms: what was typed, what is wrong with it, and why we said no."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import DateField, Field, IntegerField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation

from eventapp.refusal import Refused
from eventapp.text import FIGURES, LINE_LENGTH, UNWRITABLE, clean, fault_in
from eventapp.words import OurWords, _, _l

Check = Callable[[Any, Any], None]
LARGEST_NUMBER = 100_000


def nothing() -> None:
    """What most fields hold before anything is typed."""


class Form(PlainForm):
    """What somebody typed. `refusal` is the domain's no, shown above the fields."""

    refusal = ""

    class Meta(DefaultMeta):
        """How the fields of a class become the fields of a form, how each is shown, and what they say by themselves."""

        def get_translations(self, _form: PlainForm) -> OurWords:
            """What the fields say, in our words."""
            return OurWords()

        def bind_field(self, form: PlainForm, unbound: Any, options: dict[str, Any]) -> Field:
            """A copy of the field as it was bound first: making one anew costs five times as much.

            It does not know its form, which nothing of ours asks it: so a form is gone as soon as nobody holds it.
            """
            pattern = vars(unbound).get("pattern")
            if pattern is None or (pattern.short_name, pattern.name) != (
                options["name"],
                options["prefix"] + options["name"],
            ):
                pattern = unbound.pattern = unbound.bind(form=form, **options)
                pattern._form = None  # noqa: SLF001 -- nor is what somebody typed into the first form kept
                pattern.default = nothing if pattern.default is None else pattern.default  # it is called, or it raises
            field = object.__new__(type(pattern))
            vars(field).update(vars(pattern), meta=form.meta)
            return field

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> str:
            """The field; a character that no page may hold is shown as one that can be seen and removed."""
            shown: str = super().render_field(field, render_kw)
            return shown.translate(UNWRITABLE)

    def refuse(self, refusal: Refused) -> None:
        """Keep the domain's sentence to show it above what was typed."""
        self.refusal = str(refusal)

    def forgive(self) -> None:
        """Say nothing of what is wrong: it may still come."""
        for field in self:
            field.errors = ()

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of the field, sentence), in the order of the page."""
        return [
            (field.id, str(sentence))
            for field in self
            for sentence in field.errors
            if isinstance(sentence, str) or not isinstance(sentence, (list, dict))
        ]


class Line(StringField):
    """One line of text under the policy of text.py."""

    multiline = False
    data: Any
    raw_data: Any

    def __init__(
        self,
        label: Any,
        *,
        required: Any = None,
        most: int = LINE_LENGTH,
        checks: tuple[Check, ...] = (),
        **more: Any,
    ) -> None:
        self.most = most
        first: Check = Optional() if required is None else InputRequired(required)  # asking a lazy text translates it
        super().__init__(label, [first, Sound(), *checks], **more)

    def process_data(self, value: Any) -> None:
        """What stood there before, cleaned in the same way."""
        self.data = clean(value) if isinstance(value, str) else value

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, cleaned before anything judges it: blank counts as nothing typed."""
        if valuelist:
            self.data = clean(valuelist[0])
            self.raw_data = [self.data]


class Text(Line, TextAreaField):
    """Several lines of text under the policy of text.py."""

    multiline = True


class Day(DateField):
    """A day somebody may leave out."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """The day that was typed; the browser sends it as 2018-01-31."""
        try:
            self.data = date.fromisoformat(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError as error:
            raise ValueError(_("Write the day as year-month-day: 2018-01-31.")) from error


class Whole(IntegerField):
    """A whole number; where it is not required, nothing typed means no number."""

    def __init__(self, label: Any, *, required: Any = None, least: int = 1, **more: Any) -> None:
        first: Check = InputRequired(required) if required else Optional()
        message = _l("Write a whole number from %(least)s to %(most)s.", least=least, most=f"{LARGEST_NUMBER:,}")
        super().__init__(label, [first, NumberRange(least, LARGEST_NUMBER, message)], **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed as a number, or a sentence that says what to write."""
        words = valuelist[0].strip() if valuelist else ""
        self.data = None
        if words and not (words.isascii() and words.isdigit()):
            raise ValueError(_("Write a whole number, in figures."))
        if words:
            self.data = int(words) if FIGURES.fullmatch(words) else LARGEST_NUMBER + 1

    def pre_validate(self, _form: PlainForm) -> None:
        """What is no number is said once."""
        if self.process_errors:
            raise StopValidation


class Sound:
    """Says what is wrong with a text, in the words of text.py."""

    def __call__(self, form: PlainForm, field: Field) -> None:
        most = getattr(field, "most", LINE_LENGTH)
        fault = fault_in(field.data or "", most=most, lines=getattr(field, "multiline", False))
        if fault:
            raise StopValidation(fault)  # what else it is to be asks nobody any more
