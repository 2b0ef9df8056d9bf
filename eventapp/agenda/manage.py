"""Planning the agenda: the table of a day, sessions, parts in them, and publishing."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.forms import RoleForm, SessionForm, all_days, mark_of_place, place_of, said_in, session_in
from eventapp.agenda.models import CONFIRMED, DECLINED, INVITED, Session, SpeakingRole
from eventapp.agenda.planning.day import plan_of, warnings_of
from eventapp.agenda.queries import mark_of_draft, next_code, parts_in, role_in, session_at
from eventapp.agenda.roles.actions import change_role, end_role, give_role
from eventapp.agenda.sessions.actions import change_session, create_session, move, restore_session
from eventapp.agenda.sessions.when import NO_DAY, MoveForm, placed
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.sessions import SPEAKING_ROLES

bp = Blueprint("agenda_manage", __name__, url_prefix="/meetings/<slug>/manage/agenda")

ANSWERS = {INVITED: "wait", CONFIRMED: "ok", DECLINED: "stop"}


@bp.get("/")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The draft of one day, with its warnings and its changes; nothing where it is as the page has it (`unless`)."""
    mark = mark_of_draft(meeting)
    if request.args.get("unless") == mark:
        return "", 204
    plan = plan_of(meeting, request.args.get("day", ""), request.args.getlist("room"))
    more = {"mark_of_place": mark_of_place, "today": now().astimezone(meeting.tz).date()}
    return render_template("agenda/plan.html", meeting=meeting, plan=plan, kinds=kinds_of(meeting), mark=mark, **more)


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """A new session; the address may say when and where."""
    wished = {name: request.args.get(name, "") for name in ("day", "starts", "ends", "room")}
    wished["day"] = wished["day"] or (NO_DAY if "waits" in request.args else meeting.starts_on.isoformat())
    kinds = kinds_of(meeting)
    usual = "discussion" if "discussion" in kinds else next(iter(kinds))
    usually = {"code": next_code(meeting), "kind": usual, "rule": "open"}
    form = SessionForm(meeting=meeting, days=all_days(meeting), data={**wished, **usually})
    return render_template("agenda/new.html", meeting=meeting, form=form)


@bp.post("/")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = SessionForm(request.form, meeting=meeting, days=all_days(meeting))

    def save() -> None:
        create_session(meeting, form.code.data, form.facts(), by=current_person(), at=now())

    def again(status: int) -> ResponseReturnValue:
        return render_template("agenda/new.html", meeting=meeting, form=form), status

    return answered(form, save, again, lambda: redirect(url_for(".edit", slug=meeting.slug, code=form.code.data), 303))


@bp.get("/sessions/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session with the people in it."""
    return session_page(meeting, session_of(meeting, code))


@bp.post("/sessions/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    session = session_of(meeting, code)
    form = SessionForm(request.form, meeting=meeting, days=all_days(meeting))
    del form.code  # it stands in the session's address, and is not changed
    version = figure(form.version.data)

    def save() -> None:
        change_session(session, form.facts(), by=current_person(), at=now(), version=version)

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused: the next try is compared with what stands now
            form.version.data = str(session.version)
            show_both(form, session_in(session))
        return session_page(meeting, session, form=form), status

    return answered(form, save, again, lambda: to_day(meeting, session_of(meeting, code)))


@bp.get("/sessions/<code>/move")
@with_meeting(may=run_meeting)
def new_place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The Move form as a page of its own, for a browser that opens no dialog."""
    session = session_of(meeting, code)
    form = MoveForm(meeting=meeting, days=all_days(meeting), data=placed(session))
    form.seen.data = mark_of_place(session)
    return place_page(meeting, session, form)


@bp.post("/sessions/<code>/move")
@with_meeting(may=run_meeting)
def create_place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Move a session: another day, time or room, and why."""
    session = session_of(meeting, code)
    form = MoveForm(request.form, meeting=meeting, days=all_days(meeting))

    def save() -> None:
        refuse_older(form, place_of(session))
        starts_at, ends_at = form.span()
        room, by, at, why = form.room_id(), current_person(), now(), form.reason.data or ""
        move(session, starts_at=starts_at, ends_at=ends_at, room_id=room, waits=form.waits, by=by, at=at, reason=why)

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, place_of(session))
        return place_page(meeting, session, form), status

    return answered(form, save, again, lambda: to_day(meeting, session_of(meeting, code)))


@bp.post("/sessions/<code>/return")
@with_meeting(may=run_meeting)
def restore(meeting: Meeting, code: str) -> ResponseReturnValue:
    session = session_of(meeting, code)
    with transaction():
        restore_session(session, by=current_person(), at=now())
    return to_session(meeting, code)


@bp.post("/sessions/<code>/roles")
@with_meeting(may=run_meeting)
def create_role(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Give somebody a part; with an address they are asked by email."""
    session, form = session_of(meeting, code), RoleForm(request.form, prefix="role-")

    def save() -> None:
        confirmed = "confirmed" in request.form
        give_role(session, form.facts(), by=current_person(), at=now(), confirmed=confirmed)

    def again(status: int) -> ResponseReturnValue:
        return session_page(meeting, session, role_form=form), status

    return answered(
        form, save, again, lambda: redirect(url_for(".edit", slug=meeting.slug, code=code, _anchor="people"), 303)
    )


@bp.get("/sessions/<code>/roles/<int:number>")
@with_meeting(may=run_meeting)
def edit_role(meeting: Meeting, code: str, number: int) -> ResponseReturnValue:
    """What is said of one person in a part, to be corrected."""
    role = role_of(session_of(meeting, code), number)
    form = said_in(role)
    form.seen.data = mark_of(form)
    return role_page(meeting, role, form)


@bp.post("/sessions/<code>/roles/<int:number>")
@with_meeting(may=run_meeting)
def update_role(meeting: Meeting, code: str, number: int) -> ResponseReturnValue:
    role, form = role_of(session_of(meeting, code), number), RoleForm(request.form, prefix="role-")
    form.role.data = role.role  # the part stays; another one is given anew

    def save() -> None:
        refuse_older(form, said_in(role))
        change_role(role, form.facts(), by=current_person(), at=now(), confirmed="confirmed" in request.form)

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, said_in(role))
        return role_page(meeting, role, form), status

    return answered(form, save, again, lambda: to_session(meeting, code))


@bp.post("/sessions/<code>/roles/<int:number>/end")
@with_meeting(may=run_meeting)
def end(meeting: Meeting, code: str, number: int) -> ResponseReturnValue:
    session = session_of(meeting, code)
    role = role_in(session, number) or abort(404)
    with transaction():
        end_role(role, by=current_person(), at=now())
    return to_session(meeting, code)


def session_page(
    meeting: Meeting, session: Session, *, form: SessionForm | None = None, role_form: RoleForm | None = None
) -> str:
    """One session, with what was typed where something was wrong."""
    form = form or session_in(session)
    return render_template(
        "agenda/edit.html",
        meeting=meeting,
        session=session,
        form=role_form or form,
        session_form=form,
        role_form=role_form or RoleForm(prefix="role-"),
        parts=SPEAKING_ROLES,
        answers=ANSWERS,
        roles=parts_in(session),
        warnings=warnings_of(meeting, session.code),
        begun=session.is_past(now()),
    )


def place_page(meeting: Meeting, session: Session, form: MoveForm) -> str:
    people = [one for one in parts_in(session) if one.holds]
    return render_template("agenda/move.html", meeting=meeting, session=session, form=form, people=people)


def role_page(meeting: Meeting, role: SpeakingRole, form: RoleForm) -> str:
    return render_template("agenda/part.html", meeting=meeting, role=role, form=form, begun=role.session.is_past(now()))


def answered(
    form: Form,
    save: Callable[[], None],
    again: Callable[[int], ResponseReturnValue],
    after: Callable[[], ResponseReturnValue],
) -> ResponseReturnValue:
    """Save what is sound and go on; show what is not, as it was typed."""
    if not form.validate():
        return again(422)
    attempt(form, save)
    if form.refused:
        return again(409)
    return after()


def to_session(meeting: Meeting, code: str) -> ResponseReturnValue:
    return redirect(url_for(".edit", slug=meeting.slug, code=code), 303)


def to_day(meeting: Meeting, session: Session) -> ResponseReturnValue:
    """Back to the table of the day this session is on, else the day that was shown, with the rooms that were wide."""
    day, wide = session.starts_at.astimezone(meeting.tz).date().isoformat(), request.args.getlist("room")
    day = request.args.get("day", "") if session.waits else day
    return redirect(url_for("agenda_manage.index", slug=meeting.slug, day=day, room=wide, _anchor=session.code), 303)


def session_of(meeting: Meeting, code: str) -> Session:
    return session_at(meeting, code) or abort(404)


def role_of(session: Session, number: int) -> SpeakingRole:
    role = role_in(session, number) or abort(404)
    return role if role.ended_at is None else abort(404)
