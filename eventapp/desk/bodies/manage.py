"""For administrators: the bodies of all meetings, and who organizes every meeting of one."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.bodies.actions import end_organizer, make_organizer
from eventapp.desk.bodies.forms import BodyOrganizerForm
from eventapp.desk.bodies.queries import known_bodies, organizer_with
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt, pressed
from eventapp.ground.web.forms import Form
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("body_organizers", __name__)


@bp.get("/manage/bodies")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    return page()


@bp.post("/manage/bodies")
@with_person(may=administer)
def create(person: Person) -> ResponseReturnValue:
    form = BodyOrganizerForm(request.form, bodies=known_bodies())
    if not form.validate():
        return page(form), 422
    attempt(form, lambda: make_organizer(form.code.data, form.name.data, form.email.data, by=person, at=now()))
    return (page(form), 409) if form.refused else redirect(url_for(".index"), 303)


@bp.post("/manage/bodies/organizers/<int:number>/end")
@with_person(may=administer)
def end(person: Person, number: int) -> ResponseReturnValue:
    row = organizer_with(number) or abort(404)
    return pressed(lambda: end_organizer(row, by=person, at=now()), page, url_for(".index"))


def page(form: Form | None = None) -> str:
    bodies = known_bodies()
    adding = form if isinstance(form, BodyOrganizerForm) else BodyOrganizerForm(bodies=bodies)
    return render_template("desk/bodies/index.html", bodies=bodies, form=form, adding=adding)
