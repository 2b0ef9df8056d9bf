"""An administrator brings a meeting in from another installation, looks on, and stops it."""

from functools import partial
from io import BytesIO

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.documents.receiving import most_megabytes
from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, pressed
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.ground.web.uploads import uploaded
from eventapp.package.actions import refuse_known, refuse_nonsense
from eventapp.package.arriving.actions import receive, stop
from eventapp.package.arriving.forms import PackageFileForm
from eventapp.package.arriving.models import PackageImport
from eventapp.package.arriving.queries import A_PAGE, import_with, imports, made_of
from eventapp.package.manifest.referential import WORD
from eventapp.package.restore.reading import first_look, unpack
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("package_imports", __name__, url_prefix="/manage/meetings/package")

QUICK = 300_000  # bytes: a file of so many is proved while its sender waits, which takes less than a second
MEGABYTE, LONGEST_SLUG = 1024 * 1024, 80


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
    except Refused as refusal:
        form.file.errors = [str(refusal)]
        return index_with(form), 422
    row = attempt(form, lambda: receive(slug, content, by=person, contact=person.email, at=now()))
    return redirect(url_for(".show", number=row.id), 303) if row else (index_with(form), 409)


@bp.get("/<int:number>")
@with_person(may=administer)
def show(_person: Person, number: int) -> ResponseReturnValue:
    """How far the worker is; once it is done, the way to the meeting."""
    return page(import_with(number) or abort(404))


@bp.post("/<int:number>/stop")
@with_person(may=administer)
def stopping(person: Person, number: int) -> ResponseReturnValue:
    """Stop it: what was written of the meeting is taken out."""
    row = import_with(number) or abort(404)
    there = url_for(".show", number=number)
    return pressed(lambda: stop(row, by=person, at=now()), partial(page, row), there)


def address_in(content: bytes, most: int) -> str:
    """The address of the meeting in a package. Refused where it is none, or, of a small one, where it is not sound."""
    if not content:
        raise Refused(_("Choose a file."))
    if len(content) > most * MEGABYTE:
        raise Refused(_("Choose a file of %(most)s MB or less.", most=most))
    if len(content) > QUICK:
        slug = first_look(BytesIO(content)).meeting
        if not WORD.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            raise Refused(_("This is no package of a meeting."))
        return slug
    package = unpack(BytesIO(content))
    refuse_nonsense(package)
    refuse_known(package)
    return package.meeting.slug


def index_with(form: PackageFileForm) -> str:
    listed = page_in_sql(imports(), request.args.get("page"), most=A_PAGE)
    return render_template("package/arriving/index.html", form=form, listed=listed, most=most_megabytes())


def page(row: PackageImport, form: Form | None = None) -> str:
    return render_template("package/arriving/show.html", row=row, form=form, meeting=made_of(row))
