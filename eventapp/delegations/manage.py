"""Delegations as organizers see them: the list, and one with its people, its letter and what stands against it."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.actions import (
    accredit,
    add_letter,
    drop_name,
    end_accreditation,
    merge,
    rename,
    set_places,
)
from eventapp.delegations.arrivals import arrivals_of
from eventapp.delegations.focal.forms import InviteForm
from eventapp.delegations.focal.queries import focal_points_of
from eventapp.delegations.forms import MOST_MEGABYTES, AccreditForm, LetterForm, MergeForm, NameForm, PlacesForm
from eventapp.delegations.look import TABS, read_look
from eventapp.delegations.names.queries import number_waiting, same_organization, settled
from eventapp.delegations.naming import status_of
from eventapp.delegations.objections import in_words, too_many_in_roles
from eventapp.delegations.queries import (
    delegation_of,
    lettered,
    listed,
    members_of,
    other_names,
    places_by_role,
    row_of,
    tab_counts,
)
from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.history.queries import entries_of
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.registration.models import LETTER, Delegation
from eventapp.registration.queries import delegation_letter
from eventapp.registration.uploads.reading import EXTENSIONS
from eventapp.vocabulary.participants import DELEGATION_ROLES

bp = Blueprint("delegations", __name__, url_prefix="/meetings/<slug>/manage/delegations")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The delegations that the address asks for."""
    look = read_look(request.args)
    listing, counts = listed(meeting, look), tab_counts(meeting)
    page = {"tabs": TABS, "counts": counts, "against": in_words, "status_of": status_of}
    unnamed = number_waiting(meeting)
    return render_template(
        "delegations/index.html", meeting=meeting, look=look, listing=listing, unnamed=unnamed, **page
    )


@bp.get("/<int:number>")
@with_row(delegation_of, may=run_meeting)
def show(delegation: Delegation) -> ResponseReturnValue:
    """One delegation."""
    return page_of(delegation)


@bp.get("/<int:number>/letter")
@with_row(delegation_of, may=run_meeting)
def letter(delegation: Delegation) -> ResponseReturnValue:
    """The letter in force, as a download."""
    found = delegation_letter(delegation)
    if found is None or not found.has_content:
        abort(404)
    name = f"{delegation.name}-letter.{EXTENSIONS[found.content_type]}"
    return download(name, found.content_type, found.content, foreign=True)


@bp.post("/<int:number>/letter")
@with_row(delegation_of, may=run_meeting)
def send_letter(delegation: Delegation) -> ResponseReturnValue:
    form = LetterForm(request.form)
    is_sound = form.validate()
    upload = form.received(at=now())
    if upload is None or not is_sound:
        if upload is not None:
            with transaction():
                hold_files(form, {LETTER: upload}, at=now())
        return page_of(delegation, lettering=form), 422
    attempt(form, lambda: add_letter(delegation, upload, form.facts(), by=me(), at=now()))
    return (page_of(delegation, lettering=form), 409) if form.refused else to(delegation)


@bp.post("/<int:number>/places")
@with_row(delegation_of, may=run_meeting)
def update_places(delegation: Delegation) -> ResponseReturnValue:
    form = PlacesForm(request.form)

    def save() -> None:
        set_places(delegation, form.places.data, form.roles, by=me(), at=now())

    return edited(
        form,
        lambda: PlacesForm.of(delegation),
        save,
        lambda: page_of(delegation, placing=form),
        url_for(".show", slug=delegation.meeting.slug, number=delegation.id),
        held=delegation.meeting,
    )


@bp.post("/<int:number>/accreditation")
@with_row(delegation_of, may=run_meeting)
def decide(delegation: Delegation) -> ResponseReturnValue:
    """Accredit it, or take that back."""
    form = AccreditForm(request.form)
    if request.form.get("do") == "end":
        return decided(delegation, form, "accrediting", lambda: end_accreditation(delegation, by=me(), at=now()))
    return decided(
        delegation, form, "accrediting", lambda: accredit(delegation, form.why.data or "", by=me(), at=now())
    )


@bp.post("/<int:number>/name")
@with_row(delegation_of, may=run_meeting)
def update_name(delegation: Delegation) -> ResponseReturnValue:
    form = NameForm(request.form)
    return decided(delegation, form, "naming", lambda: rename(delegation, form.name.data, by=me(), at=now()))


@bp.post("/<int:number>/merger")
@with_row(delegation_of, may=run_meeting)
def merge_into(delegation: Delegation) -> ResponseReturnValue:
    form, name = MergeForm(request.form), delegation.label
    form.offer(delegation)
    if not form.validate():
        return page_of(delegation, merging=form), 422
    into = attempt(form, lambda: merge(delegation, form.into.data, by=me(), at=now()))
    if into is None:
        return page_of(delegation, merging=form), 409
    flash(_("%(name)s is one with %(into)s now.", name=name, into=into.label), "ok")
    return to(into)


@bp.post("/<int:number>/names/<int:other>/removal")
@with_row(delegation_of, may=run_meeting)
def remove_name(delegation: Delegation, other: int) -> ResponseReturnValue:
    with transaction():
        drop_name(delegation, other, by=me(), at=now())
    return to(delegation)


def decided(delegation: Delegation, form: Form, name: str, act: Callable[[], None]) -> ResponseReturnValue:
    """Do it and show the delegation, or show what is wrong as it was typed."""
    there = url_for(".show", slug=delegation.meeting.slug, number=delegation.id)
    return answered(form, act, lambda status: (page_of(delegation, **{name: form}), status), there)


def page_of(delegation: Delegation, **sent: Form) -> str:
    """The page of a delegation; a form that was sent stands on it as it was typed."""
    merging = MergeForm()
    merging.offer(delegation)
    forms: dict[str, Form] = {
        "placing": PlacesForm.of(delegation),
        "accrediting": AccreditForm(),
        "naming": NameForm(None, name=delegation.name),
        "lettering": LetterForm(),
        "merging": merging,
        "inviting": InviteForm(None, language=delegation.meeting.written_in or "en"),
    }
    row, members = row_of(delegation), members_of(delegation)
    return render_template(
        "delegations/show.html",
        meeting=delegation.meeting,
        delegation=delegation,
        row=row,
        against=[*in_words(row), *too_many_in_roles(delegation)],
        role_places=places_by_role(delegation),
        members=members,
        lettered=lettered(members),
        arrivals=arrivals_of(members),
        letter=delegation_letter(delegation),
        names=other_names(delegation),
        organization=settled(delegation),
        same=same_organization(delegation),
        focal_points=focal_points_of(delegation),
        roles=DELEGATION_ROLES,
        most=MOST_MEGABYTES,
        status_of=status_of,
        history=list(reversed(entries_of(delegation))),
        sent=set(sent),
        **{**forms, **sent},
    )


def me() -> Person:
    return current_person() or abort(404)


def to(delegation: Delegation) -> ResponseReturnValue:
    return redirect(url_for("delegations.show", slug=delegation.meeting.slug, number=delegation.id), 303)
