"""The register of organizations, for administrators of the installation."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.register.actions import correct, keep, leave, link, link_shipped, look_again, take_in
from eventapp.delegations.register.queries import new_name, new_names, number_of_new_names, proposed_in, uses_of
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import clean, figure
from eventapp.ground.web.access import View
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.forms import Form
from eventapp.history.queries import entries_of
from eventapp.organizations.actions import merge, separate
from eventapp.organizations.forms import IntoForm, OrganizationForm
from eventapp.organizations.kinds import KINDS, STATUSES
from eventapp.organizations.models import PROPOSED, Organization
from eventapp.organizations.queries import (
    listed,
    merged_into,
    number_of_organizations,
    number_of_proposals,
    organization_called,
    organization_of,
)
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("organization_register", __name__, url_prefix="/manage/organizations")
P = ParamSpec("P")


def with_organization(view: Callable[Concatenate[Person, Organization, P], ResponseReturnValue]) -> View:
    """Hand an administrator the organization with this number; 404 where there is none or it was merged."""

    @with_person(may=administer)
    @wraps(view)
    def opened(person: Person, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        found = organization_of(int(str(kwargs.pop("organization"))))
        return abort(404) if found is None else view(person, found, *args, **kwargs)

    return opened


@bp.get("")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    """The organizations that the address asks for."""
    words, kind = clean(request.args.get("q", ""))[:100], request.args.get("kind", "")
    kind = kind if kind in (*KINDS, PROPOSED) else ""
    return render_template(
        "organizations/index.html",
        words=words,
        kind=kind,
        kinds=KINDS,
        listing=listed(words, kind, request.args.get("page")),
        everything=number_of_organizations(),
        done=figure(request.args.get("done")),
        waiting=number_of_new_names(),
        proposals=number_of_proposals(),
    )


@bp.post("/shipped")
@with_person(may=administer)
def shipped(person: Person) -> ResponseReturnValue:
    """Take in those that ship."""
    with transaction():
        added = link_shipped(by=person, at=now())
    flash(ngettext("%(num)s organization was added.", "%(num)s organizations were added.", added), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/new")
@with_person(may=administer)
def new(_person: Person) -> ResponseReturnValue:
    return form_page(OrganizationForm(None, kind="other"))


@bp.post("/new")
@with_person(may=administer)
def create(person: Person) -> ResponseReturnValue:
    form = OrganizationForm(request.form)
    if not form.validate():
        return form_page(form), 422
    made = attempt(form, lambda: keep(form.facts(), by=person, at=now()).id)
    return (form_page(form), 409) if made is None else redirect(url_for(".show", organization=made), 303)


@bp.get("/names")
@with_person(may=administer)
def names(_person: Person) -> ResponseReturnValue:
    """Names that people typed and that are none of the register."""
    found, number, pages = new_names(request.args.get("page"))
    left = request.args.get("left", "")
    return render_template("organizations/names.html", names=found, number=number, pages=pages, kinds=KINDS, left=left)


@bp.get("/name")
@with_person(may=administer)
def name(_person: Person) -> ResponseReturnValue:
    """One of them: link it, take it in, or leave it."""
    typed = request.args.get("of", "")
    return name_page(typed, IntoForm()) if new_name(typed) else redirect(url_for(".names"), 303)


@bp.post("/name")
@with_person(may=administer)
def decide(person: Person) -> ResponseReturnValue:
    """What becomes of a name."""
    typed, act, form = request.form.get("of", ""), request.form.get("do", ""), IntoForm(request.form)
    if act == "again":
        with transaction():
            look_again(typed, by=person, at=now())
        return redirect(url_for(".name", of=typed), 303)
    if act == "link" and not form.validate():
        return name_page(typed, form), 422
    kind = request.form.get("kind", "other")
    acts: dict[str, Callable[[], object]] = {
        "link": lambda: link(typed, called(form.into.data), by=person, at=now()),
        "take": lambda: take_in(typed, kind if kind in KINDS else "other", by=person, at=now()),
        "leave": lambda: leave(typed, by=person, at=now()),
    }
    if act not in acts:
        abort(400)
    attempt(form, acts[act])
    if form.refused:
        return name_page(typed, form), 409
    flash(_("The name is in order."), "ok")
    return redirect(url_for(".names", left=typed if act == "leave" else None), 303)


@bp.get("/<int:organization>")
@with_organization
def show(_person: Person, organization: Organization) -> ResponseReturnValue:
    """One of them, with what it is called."""
    return form_page(OrganizationForm.of(organization), organization)


@bp.post("/<int:organization>")
@with_organization
def update(person: Person, organization: Organization) -> ResponseReturnValue:
    form = OrganizationForm(request.form)
    return answered(
        form,
        lambda: correct(organization, form.facts(), form.seen, by=person, at=now()),
        lambda status: (form_page(form, organization), status),
        url_for(".show", organization=organization.id),
    )


@bp.get("/<int:organization>/merger")
@with_organization
def merging(_person: Person, organization: Organization) -> ResponseReturnValue:
    """Into which it is merged, with what hangs on both before one confirms."""
    return merger_page(organization, IntoForm(None, into=request.args.get("into", "")))


@bp.post("/<int:organization>/merger")
@with_organization
def merge_into(person: Person, organization: Organization) -> ResponseReturnValue:
    """Show what would be merged; where that was confirmed, do it."""
    form, name = IntoForm(request.form), organization.name
    if not form.validate():
        return merger_page(organization, form), 422
    if request.form.get("do") != "merge":
        return merger_page(organization, form), 422 if form.faults else 200
    into = attempt(form, lambda: merge(organization, called(form.into.data).id, by=person, at=now()).id)
    if into is None:
        return merger_page(organization, form), 409
    flash(_("%(name)s leads here now.", name=name), "ok")
    return redirect(url_for(".show", organization=into), 303)


@bp.post("/<int:organization>/merger/<int:other>/undo")
@with_organization
def undo(person: Person, organization: Organization, other: int) -> ResponseReturnValue:
    """Take a merger back."""
    with transaction():
        separate(organization, other, by=person, at=now())
    return redirect(url_for(".show", organization=organization.id), 303)


def called(typed: str) -> Organization:
    """The organization of this name. Refused where there is none."""
    found = organization_called(typed)
    if found is None:
        raise Refused(_("No organization of the register has this name."))
    return found


def form_page(form: OrganizationForm, organization: Organization | None = None) -> str:
    more: dict[str, object] = {}
    if organization is not None:
        more = {
            "uses": uses_of(organization),
            "proposed_in": proposed_in(organization),
            "leading": merged_into(organization),
            "history": list(reversed(entries_of(organization))),
        }
    return render_template("organizations/form.html", form=form, organization=organization, statuses=STATUSES, **more)


def merger_page(organization: Organization, form: Form) -> str:
    into = organization_called(str(form["into"].data or ""))
    into = into if into is not None and into.id != organization.id else None
    if form["into"].data and into is None:
        form["into"].errors = [_("No other organization of the register has this name.")]
    return render_template(
        "organizations/merger.html",
        form=form,
        organization=organization,
        into=into,
        uses=uses_of(organization),
        into_uses=uses_of(into) if into else None,
    )


def name_page(typed: str, form: IntoForm) -> str:
    found = new_name(typed) or abort(404)
    return render_template("organizations/name.html", form=form, name=found, kinds=KINDS)
