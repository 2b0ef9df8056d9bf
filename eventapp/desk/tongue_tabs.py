"""The tabs of a form with texts in several languages: `tongue_tabs` of _parts/tongues.html shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import request

from eventapp.ground.text.i18n import language
from eventapp.ground.text.languages import language_named
from eventapp.vocabulary.tongues import TONGUES


class InTongues(Protocol):
    """A form of texts in these languages; in some nothing is written, in some there is a fault."""

    languages: tuple[str, ...]

    @property
    def empty(self) -> Sequence[str]: ...
    @property
    def wrong(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Tabs:
    """The languages with their names, and which of them is in front, empty, or has a fault."""

    names: dict[str, str]
    open: str
    empty: Sequence[str]
    wrong: Sequence[str]


def tabs_of(form: InTongues) -> Tabs:
    """In front is the one that was when the form was sent, else that of the address, the reader's, or the first."""
    codes = form.languages
    wanted = (request.form.get("tab"), request.args.get("tab"), language(), codes[0])
    names = {code: TONGUES.get(code) or language_named(code) for code in codes}
    return Tabs(names, next(code for code in wanted if code in codes), form.empty, form.wrong)
