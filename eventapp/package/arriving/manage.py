"""An administrator brings a meeting in from another installation, looks on, and stops it."""

from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.documents.receiving import most_megabytes
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart, pressed
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.meetings.arriving.actions import receive, stop
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.arriving.queries import A_PAGE, import_with, imports, made_of
from eventapp.package.arriving.coming import PACKAGE_FILE
from eventapp.package.arriving.forms import PackageFileForm
from eventapp.package.arriving.looking import MEGABYTE, address_in
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("package_imports", __name__, url_prefix="/manage/meetings/package")


@bp.get("")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    """Choose a package; those of before."""
    return index_with(PackageFileForm())


@bp.post("")
@with_person(may=administer)
def choose(person: Person) -> ResponseReturnValue:
    """Look at the file, and hand it to the worker. What is wrong with it is said beside its field."""
    form, most = PackageFileForm(request.form), most_megabytes()
    sent = uploaded("file")
    content = sent.stream.read(most * MEGABYTE + 1) if sent else b""
    try:
        slug = address_in(content, most)
    except Unfit as fault:
        form.file.errors = [str(fault)]
        return index_with(form), 422
    number = attempt_apart(
        form, lambda: receive(PACKAGE_FILE.name, slug, content, by=person, contact=person.email, at=now())
    )
    return redirect(url_for(".show", number=number), 303) if number else (index_with(form), 409)


@bp.get("/<int:number>")
@with_person(may=administer)
def show(_person: Person, number: int) -> ResponseReturnValue:
    """How far the worker is; once it is done, the way to the meeting."""
    return page(import_with(number, PACKAGE_FILE.name) or abort(404))


@bp.post("/<int:number>/stop")
@with_person(may=administer)
def stopping(person: Person, number: int) -> ResponseReturnValue:
    """Stop it: what was written of the meeting is taken out."""
    row = import_with(number, PACKAGE_FILE.name) or abort(404)
    there = url_for(".show", number=number)
    return pressed(lambda: stop(row, by=person, at=now()), partial(page, row), there)


def index_with(form: PackageFileForm) -> str:
    listed = page_in_sql(imports(PACKAGE_FILE.name), request.args.get("page"), most=A_PAGE)
    return render_template("package/arriving/index.html", form=form, listed=listed, most=most_megabytes())


def page(row: MeetingImport, form: Form | None = None) -> str:
    return render_template("package/arriving/show.html", row=row, form=form, meeting=made_of(row))
