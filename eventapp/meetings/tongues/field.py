"""A language that is named: typed in any language of the product, in its own or as a code; the page suggests names."""

import re

from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.policy import LINE_LENGTH
from eventapp.ground.web.forms import Check, Label, Line
from eventapp.vocabulary.tongues import language_called

CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
LONGEST_CODE = 12


class NamedLanguage(Line):
    """One language; its data is the code of one that is known, else what was typed. Its page suggests names."""

    def __init__(
        self, label: Label, *, required: Label | None = None, checks: tuple[Check, ...] = (), **more: object
    ) -> None:
        suggests = {"list": "tongues", "autocomplete": "off"}
        super().__init__(label, required=required, most=LINE_LENGTH, checks=checks, render_kw=suggests, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed, as a code."""
        super().process_formdata(valuelist)
        if valuelist and self.data:
            self.data = code_of(self.data) or self.data

    def pre_validate(self, _form: PlainForm) -> None:
        """A language that nobody has named is told with what would be understood."""
        if self.data and code_of(self.data) is None:
            raise StopValidation(_("No language is called “%(name)s”. Write a name such as French.", name=self.data))

    def _value(self) -> str:
        """Its name in the reader's language, or what was typed."""
        return language_named(self.data) if self.data else ""


def code_of(words: str) -> str | None:
    """The code of the language that these words name, at most as long as it is kept; None where none has this name."""
    is_named = len(words) <= LONGEST_CODE and CODE.fullmatch(words) and language_named(words) != words
    found = words if is_named else language_called(words)
    return found if found and len(found) <= LONGEST_CODE else None
