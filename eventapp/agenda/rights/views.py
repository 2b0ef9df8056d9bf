"""Whoever has a part in a session edits what the meeting lets that part edit, by the actions that organizers use."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.forms import RoleForm, SessionForm, described, said_in
from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.queries import parts_in, role_in
from eventapp.agenda.rights.access import with_session_to_edit
from eventapp.agenda.rights.content import MATERIAL, PEOPLE, RIGHTS, TEXT, assignable
from eventapp.agenda.rights.queries import Opened, may_edit, sessions_to_edit
from eventapp.agenda.rights.rules import edit_sessions
from eventapp.agenda.roles.actions import change_role, end_role, give_role
from eventapp.agenda.sessions.actions import change_session, facts_of
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.fields import lines_in
from eventapp.agenda.sessions.when import picks
from eventapp.ground.clock import now
from eventapp.ground.db import lock, transaction
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.editing.both_versions import mark_of, show_both
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.sessions import SPEAKING_ROLES

bp = Blueprint("session_editing", __name__, url_prefix="/meetings/<slug>")
FIELDS = {TEXT: ("title", "subtitle", "summary", "description"), MATERIAL: ("links",)}


@bp.app_template_global("edits_session")
def edits_session(meeting: Meeting, code: str) -> bool:
    """Whether whoever reads the page may edit something of this session by a part in it."""
    return may_edit(current_person(), meeting, code)


@bp.get("/sessions-to-edit")
@with_meeting(may=edit_sessions)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The sessions of which I may edit something."""
    person = current_person() or abort(404)
    return render_template("agenda/rights/index.html", meeting=meeting, sessions=sessions_to_edit(person, meeting))


@bp.get("/sessions/<code>/edit")
@with_session_to_edit(*RIGHTS)
def show(opened: Opened) -> ResponseReturnValue:
    """What I may edit of this session, and nothing else."""
    return page(opened)


@bp.post("/sessions/<code>/edit")
@with_session_to_edit(*FIELDS)
def update(opened: Opened) -> ResponseReturnValue:
    """Say other things about it: title and text, links, as far as my part may."""
    session, form = opened.session, form_of(opened, typed=True)

    def save() -> None:
        lock(session)
        facts = with_words(facts_of(session), form)
        change_session(session, facts, by=current_person(), at=now(), version=figure(form.version.data))

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, form_of(opened))
            form.version.data = str(session.version)
        return page(opened, form=form), status

    return answered(form, save, again, address_of(opened))


@bp.post("/sessions/<code>/edit/people")
@with_session_to_edit(PEOPLE)
def create_role(opened: Opened) -> ResponseReturnValue:
    """Give somebody a part that does not lead the session; with an address they are asked by email."""
    session, form = opened.session, offered(RoleForm(request.form, prefix="role-"), opened)

    def save() -> None:
        give_role(session, form.facts(), by=current_person(), at=now(), confirmed="confirmed" in request.form)

    def again(status: int) -> ResponseReturnValue:
        return page(opened, role_form=form), status

    return answered(form, save, again, address_of(opened, "people"))


@bp.get("/sessions/<code>/edit/people/<int:number>")
@with_session_to_edit(PEOPLE)
def edit_role(opened: Opened, number: int) -> ResponseReturnValue:
    """What is said of one person in a part, to be corrected."""
    role = role_of(opened, number)
    form = said_in(role)
    form.seen.data = mark_of(form)
    return role_page(opened, role, form)


@bp.post("/sessions/<code>/edit/people/<int:number>")
@with_session_to_edit(PEOPLE)
def update_role(opened: Opened, number: int) -> ResponseReturnValue:
    role, form = role_of(opened, number), RoleForm(request.form, prefix="role-")
    form.role.data = role.role  # the part stays; another one is given anew

    def save() -> None:
        change_role(role, form.facts(), by=current_person(), at=now(), confirmed="confirmed" in request.form)

    return edited(
        form, lambda: said_in(role), save, lambda: role_page(opened, role, form), address_of(opened, "people")
    )


@bp.post("/sessions/<code>/edit/people/<int:number>/end")
@with_session_to_edit(PEOPLE)
def end(opened: Opened, number: int) -> ResponseReturnValue:
    """Take a part back; a person who was asked hears of it."""
    role = role_of(opened, number)
    with transaction():
        end_role(role, by=current_person(), at=now())
    return redirect(address_of(opened, "people"), 303)


def form_of(opened: Opened, *, typed: bool = False) -> SessionForm:
    """The form of organizers with the fields that may be edited and no others, as it stands or as it was typed."""
    session = opened.session
    days = [session.starts_at.astimezone(session.meeting.tz).date()]  # the field of the day goes, whatever it offers
    given, stands = (request.form, None) if typed else (None, described(session))
    form = SessionForm(given, meeting=session.meeting, days=days, data=stands)
    left = {name for right in opened.rights for name in FIELDS.get(right, ())} | {"version", "seen"}
    for name in [field.short_name for field in form if field.short_name not in left]:
        del form[name]
    return form


def with_words(facts: SessionFacts, form: SessionForm) -> SessionFacts:
    """The session as it is with what was typed."""
    if "title" in form:
        title, subtitle, summary, description = (form[name].data or "" for name in FIELDS[TEXT])
        facts = replace(facts, title=title, subtitle=subtitle, summary=summary, description=description)
    if "links" in form:
        facts = replace(facts, links=tuple(lines_in(form.links.data)))
    return facts


def offered(form: RoleForm, opened: Opened) -> RoleForm:
    """The form of a part with those that may be given here."""
    listed = assignable(opened.session.meeting)
    form.role.choices = picks([(code, str(SPEAKING_ROLES[code].label)) for code in listed])
    return form


def role_of(opened: Opened, number: int) -> SpeakingRole:
    """A part in this session that who edits the people may change; else 404."""
    role = role_in(opened.session, number) or abort(404)
    is_theirs = role.ended_at is None and role.role in assignable(opened.session.meeting)
    return role if is_theirs else abort(404)


def page(opened: Opened, *, form: SessionForm | None = None, role_form: RoleForm | None = None) -> str:
    """The page of a session, with what was typed where something was wrong."""
    session = opened.session
    if form is None:
        form = form_of(opened)
    return render_template(
        "agenda/rights/edit.html",
        meeting=session.meeting,
        session=session,
        rights=opened.rights,
        form=role_form or form,
        session_form=form,
        role_form=role_form or offered(RoleForm(prefix="role-"), opened),
        roles=parts_in(session),
        assignable=assignable(session.meeting),
        begun=session.is_past(now()),
    )


def role_page(opened: Opened, role: SpeakingRole, form: RoleForm) -> str:
    session = opened.session
    return render_template(
        "agenda/rights/part.html",
        meeting=session.meeting,
        session=session,
        role=role,
        form=form,
        begun=session.is_past(now()),
    )


def address_of(opened: Opened, anchor: str | None = None) -> str:
    """The page of a session to edit."""
    session = opened.session
    return url_for("session_editing.show", slug=session.meeting.slug, code=session.code, _anchor=anchor)
