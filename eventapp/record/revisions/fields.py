"""Fields of a note, and what is refused in them."""

import re

from wtforms import Field
from wtforms.validators import ValidationError

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import fault_in, words_in
from eventapp.ground.web.forms import Form, Typed
from eventapp.record.notes.content import (
    Figure,
    Unexplained,
)
from eventapp.record.notes.country_input import codes_of
from eventapp.vocabulary.notes import ASIDE_LIMIT, TEXT_LIMIT
from eventapp.vocabulary.targets import TARGETS


class CorrectingForm(Form):
    """A form with a remark: why a published note is changed. Where it is missing, the refusal stands beside it."""

    status = 409

    def refuse(self, refusal: Refused) -> None:
        """Show the no above the form, or beside the field of the missing reason."""
        super().refuse(refusal)
        if isinstance(refusal, Unexplained):
            self["remark"].errors, self.refusal, self.status = [str(refusal)], "", 422


class Figures(Field):
    """Figures beside their sources; as many rows as somebody filled, and a blank one to fill."""

    data: tuple[Figure, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing: both columns are read together, in process."""

    def process(self, formdata: Typed, data: object = (), extra_filters: object = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata and self.name in formdata:
            figures, sources = formdata.getlist(self.name), formdata.getlist("source")
            rows = zip(figures, [*sources, *[""] * len(figures)], strict=False)
            self.data = tuple(
                Figure(figure.strip(), source.strip()) for figure, source in rows if figure.strip() or source.strip()
            )

    def pre_validate(self, form: Form) -> None:
        for row in self.data or ():
            if not row.figure:
                raise ValidationError(_("Write the figure that this source is for: %(source)s", source=row.source))
            fault = fault_in(row.figure) or fault_in(row.source)
            if fault:
                raise ValidationError(fault)

    @property
    def rows(self) -> list[Figure]:
        return [*(self.data or ()), Figure("")]


def in_words(form: Form, field: Field) -> None:
    """One idea: 150 words and no more."""
    over = words_in(field.data or "") - TEXT_LIMIT
    if over > 0:
        raise ValidationError(
            ngettext(
                "Take out %(num)s word, or make two notes of it: one idea a note.",
                "Take out %(num)s words, or make two notes of it: one idea a note.",
                over,
            )
        )


def in_few_words(form: Form, field: Field) -> None:
    """A remark beside the idea: 50 words and no more."""
    over = words_in(field.data or "") - ASIDE_LIMIT
    if over > 0:
        raise ValidationError(ngettext("Take out %(num)s word.", "Take out %(num)s words.", over))


def known_targets(form: Form, field: Field) -> None:
    """Every number is a target of the goals."""
    unknown = [one for one in targets_in(field.data or "") if one not in TARGETS]
    if unknown:
        raise ValidationError(_("There is no target %(name)s. Write targets as 9.c, 17.8.", name=unknown[0]))


def targets_in(typed: str) -> tuple[str, ...]:
    """The targets that were typed between commas or blanks."""
    return tuple(re.split(r"[\s,;،]+", typed.strip().lower())) if typed.strip() else ()


def lines_in(typed: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def known_countries(form: Form, field: Field) -> None:
    """Every name is a country somebody knows."""
    unknown = codes_of(field.data or "").unknown
    if unknown:
        raise ValidationError(
            _("Write %(name)s as the country list has it, or as a three-letter code.", name=unknown[0])
        )
