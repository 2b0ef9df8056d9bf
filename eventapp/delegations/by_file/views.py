"""Nominate by file, behind the link of a focal point: choose one, see everybody and every fault, then all at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.delegations.by_file.actions import Faulty, nominate_all, not_sent
from eventapp.delegations.by_file.checking import objections
from eventapp.delegations.by_file.forms import PeopleFileForm
from eventapp.delegations.by_file.people import COLUMNS, MOST_PEOPLE, Row, codes_of, people_in
from eventapp.delegations.focal.forms import NomineeForm
from eventapp.delegations.focal.queries import LINK, categories_for
from eventapp.delegations.focal.views import around, bp, to
from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.tables.formats import XLSX
from eventapp.ground.tables.reading import Fault, Sheet, read_sheet
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import uploaded
from eventapp.links.access import with_link
from eventapp.registration.lists.sheets import csv_of, xlsx_of
from eventapp.registration.models import DelegationFocalPoint
from eventapp.registration.nominated.actions import Nominee
from eventapp.registration.views import count_files
from eventapp.vocabulary.participants import DELEGATION_ROLES

MOST_BYTES = 400_000
AT_ONCE = 8  # nominated in one transaction
Found = list[tuple[Row, Nominee]]


@bp.get("/file")
@with_link(LINK)
def by_file(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """Choose a file, or download an empty one."""
    return page_of(focal, token, PeopleFileForm())


@bp.post("/file")
@with_link(LINK)
def preview(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """Show who is in the file and every fault; nothing is written."""
    count_files()
    form, sent = PeopleFileForm(request.form), uploaded("file")
    content = sent.stream.read(MOST_BYTES + 1) if sent else b""
    if not content or len(content) > MOST_BYTES:
        large = _("The file is too large. Choose one of %(most)s kB or less.", most=MOST_BYTES // 1000)
        form.file.errors = [large if content else _("Choose the file.")]
        return page_of(focal, token, form), 422
    sheet = read_sheet(content)
    people, faults = checked(focal, sheet)
    if faults:
        return page_of(focal, token, form, sheet=sheet, faults=faults), 422
    form.content.data, form.key.data = sheet.text, secret()
    return page_of(focal, token, form, sheet=sheet, people=people)


@bp.post("/file/all")
@with_link(LINK)
def nominate_them(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """Nominate whom the page showed, some in each transaction: two hundred in one would hold up everybody else.

    What stands against anybody is looked for first, so that it is all or nobody but for what changes in these seconds.
    """
    form = PeopleFileForm(request.form)
    content = (form.content.data or "").encode("utf-8", "replace")
    if not content or len(content) > 2 * MOST_BYTES:
        abort(400)
    sheet = read_sheet(content)
    people, faults = read_people(focal, sheet)
    if faults:
        return page_of(focal, token, form, sheet=sheet, faults=faults), 422
    key, language, done = form.key.data or "", chosen_language(), 0
    fresh = not_sent(focal.delegation, people, key=key)
    faults = list(objections(focal.delegation, fresh, at=now()))
    if faults:
        form.refuse(Faulty(faults))
        return page_of(focal, token, form, sheet=sheet, faults=faults), 409
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        act = partial(nominate_some, focal, some, key=key, at=now(), language=language, before=done)
        if attempt(form, act) is None:
            faults = list(form.refused.faults) if isinstance(form.refused, Faulty) else []
            return page_of(focal, token, form, sheet=sheet, faults=faults, nobody=not done), 409
        done += len(some)
    sentence = ngettext("%(num)s person gets a letter to confirm.", "%(num)s people get a letter to confirm.", done)
    flash(sentence, "ok")
    return to(token)


def nominate_some(
    focal: DelegationFocalPoint, people: Found, *, key: str, at: datetime, language: str, before: int
) -> int:
    """How many of these were nominated: all of them."""
    return len(nominate_all(focal, people, key=key, at=at, language=language, before=before))


@bp.get("/people.<any(csv, xlsx):ending>")
@with_link(LINK)
def template(focal: DelegationFocalPoint, token: str, ending: str) -> ResponseReturnValue:
    """An empty file with the names of the columns."""
    is_state = focal.delegation.is_state
    head = [str(words) for name, words in COLUMNS.items() if is_state or name != "role"]
    name = f"people.{ending}"
    if ending == "csv":
        return download(name, "text/csv", csv_of(head, []))
    return download(name, XLSX, xlsx_of(_("People"), head, []))


def checked(focal: DelegationFocalPoint, sheet: Sheet) -> tuple[Found, list[Fault]]:
    """The people of the sheet, and all that is wrong with it."""
    people, faults = read_people(focal, sheet)
    return people, [*faults, *objections(focal.delegation, people, at=now())]


def read_people(focal: DelegationFocalPoint, sheet: Sheet) -> tuple[Found, list[Fault]]:
    """The people of the sheet whose cells are sound, and what is wrong with the cells of the others."""
    rows, faults = people_in(sheet)
    if faults:
        return [], faults
    offered = categories_for(focal.delegation)
    known, people = codes_of(offered), list[tuple[Row, Nominee]]()
    for row in rows:
        typed = row.typed(known)
        if not typed.get("category") and len(offered) == 1:
            typed["category"] = offered[0].code
        form = NomineeForm(typed, focal.delegation, offered=offered)
        if form.validate():
            people.append((row, form.nominee()))
        faults += [Fault(row.cell(name), sentence) for name, sentence in form.faults]
    return people, faults


def page_of(
    focal: DelegationFocalPoint,
    token: str,
    form: PeopleFileForm,
    *,
    sheet: Sheet | None = None,
    people: Sequence[tuple[Row, Nominee]] = (),
    faults: Sequence[Fault] = (),
    nobody: bool = True,
) -> str:
    return render_template(
        "delegations/by_file.html",
        form=form,
        sheet=sheet,
        people=people,
        faults=faults,
        nobody=nobody,
        most=MOST_PEOPLE,
        columns=COLUMNS,
        roles=DELEGATION_ROLES,
        categories=categories_for(focal.delegation),
        **around(focal, token),
    )
