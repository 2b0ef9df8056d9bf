"""`HoldsFiles` is a form that may come back with its files; `file_field` of _parts/forms.html shows what is held."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from wtforms import HiddenField

from eventapp.drafts.held.actions import hold, let_go
from eventapp.drafts.held.queries import Held, held_files
from eventapp.ground.db.files import ReadFile
from eventapp.ground.text.i18n import _
from eventapp.ground.web.forms import Form
from eventapp.ground.web.uploads import left_out


class Chosen(NamedTuple):
    """A file that the form has already, as its field shows it."""

    name: str
    kilobytes: int


class HoldsFiles(Form):
    """A form whose files survive a fault: the page shows them as chosen, and the next sending takes them along."""

    held = HiddenField()  # the secret of the files that are held for this form


def held_for(form: HoldsFiles, fields: Iterable[str], *, at: datetime) -> dict[str, Held]:
    """What is held for these fields of the form, without what was left out on the page."""
    names = set(fields) - left_out()
    return {name: one for name, one in held_files(form.held.data or "", at=at).items() if name in names}


def hold_files(form: HoldsFiles, files: Mapping[str, ReadFile], *, at: datetime) -> None:
    """Hold the files of a form that comes back, by the name of their field; to be called in a transaction.

    Where there is no room, its field asks to choose the file again.
    """
    before, dropped = form.held.data or "", left_out()
    if before and dropped:
        let_go(before, dropped)
    form.held.data = hold(files, before, at=at) if files or before else ""
    there = held_files(form.held.data, at=at)
    for name, one in there.items():
        if name in form:
            vars(form[name])["chosen"] = Chosen(one.given_name, -(-one.size // 1000))
    for name in files.keys() - there.keys():
        form[name].description = _("Choose %(name)s again: it could not be held.", name=files[name].given_name)
