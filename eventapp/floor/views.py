"""The floor list of a session, for whoever leads or records it: a page, a part of other pages, and a large display."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.floor import actions
from eventapp.floor.access import with_floor
from eventapp.floor.forms import AskForm, picked
from eventapp.floor.labels import ORDER_WORDS, act_words, spent, usual_ceiling_for
from eventapp.floor.models import Statement
from eventapp.floor.queries import FloorList, floor_of, may_ask, own_people_found, participants_found, statement_in
from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.fragments import FETCHED
from eventapp.people.current import current_person
from eventapp.people.models import Person

bp = Blueprint("floor", __name__, url_prefix="/meetings/<slug>/record/<code>/floor")
FOUND = "floor/_found.html"
LONGEST_SEARCH = 100


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the templates ask of a floor list, on the pages of other features too."""
    return {
        "floor_orders": ORDER_WORDS,
        "act_words": act_words,
        "spent": spent,
        "usual_ceiling_for": usual_ceiling_for,
        "floor_page": floor_page,
    }


@bp.get("")
@with_floor
def show(session: Session) -> ResponseReturnValue:
    """The list on a page of its own, with large buttons."""
    return page(session)


@bp.post("")
@with_floor
def create(session: Session) -> ResponseReturnValue:
    """Somebody asks for the floor."""
    chosen = picked(session, request.form.get("role", ""), request.form.get("registration", ""))
    form = AskForm(session, request.form if chosen is None else None)
    if chosen is None and not form.validate():
        return refused_page(session, form, 422)
    asking = chosen or form.asking()
    return done(session, lambda by, at: actions.ask(session, asking, by=by, at=at), form)


@bp.post("/order")
@with_floor
def choose(session: Session) -> ResponseReturnValue:
    """Choose how requests are put in order."""
    rule, first = request.form.get("rule", ""), "first_timers_first" in request.form
    return done(session, lambda by, at: actions.choose_order(session, rule, first_timers_first=first, by=by, at=at))


@bp.post("/undo")
@with_floor
def take_back(session: Session) -> ResponseReturnValue:
    """Take back the last thing that was done."""
    return done(session, lambda by, at: actions.undo(session, by=by, at=at))


@bp.post("/<int(max=999999999):statement>")
@with_floor
def act(session: Session, statement: int) -> ResponseReturnValue:
    """Give this person the floor, pause, go on, stop, move in the queue (to a `place` too), or take off the list."""
    one, step = statement_in(session, statement), request.form.get("act", "")
    if one is None:
        abort(404)
    return done(session, lambda by, at: do(one, step, by=by, at=at))


@bp.get("/list")
@with_floor
def listed(session: Session) -> ResponseReturnValue:
    """The list alone, for the script that keeps it fresh; 304 where nothing was done since."""
    return fragment(session) if FETCHED in request.headers else redirect(back(session))


@bp.get("/people")
@with_floor
def people(session: Session) -> ResponseReturnValue:
    """The participants that a search finds, for the script that searches while somebody types."""
    if FETCHED not in request.headers:
        return redirect(back(session))
    found, own = participants_found(session, searched()), own_people_found(session, searched())
    return make_response(render_template(FOUND, **of(session), found=found, own_found=own, searched=searched()))


@bp.get("/display")
@with_floor
def display(session: Session) -> ResponseReturnValue:
    """For the large screen in the room: who speaks, for whom, how long, and who comes next.

    Its language is that of the room: what is chosen here changes no other page of whoever shows it.
    """
    g.is_for_a_room = True
    if FETCHED in request.headers:
        return fragment(session, template="floor/_display.html")
    return render_template("floor/display.html", **of(session))


def do(one: Statement, step: str, *, by: Person | None, at: datetime) -> object:
    """What this button asks for. Refused where no button asks for it."""
    ways = {"pause": actions.pause, "resume": actions.resume, "stop": actions.stop, "remove": actions.remove}
    places = {"up": one.place - 1, "down": one.place + 1, "first": 1, "place": wished_place() or one.place}
    if step == "start":
        return actions.start(one, after=seen_running(one.session), by=by, at=at)
    if step in places:
        return actions.move(one, places[step], by=by, at=at)
    if step not in ways:
        raise Refused(_("Choose what to do with this request."))
    return ways[step](one, by=by, at=at)


def wished_place() -> int:
    """Where a request was dragged to, 1 for the next; 0 where no place was said."""
    return figure(request.form.get("place"))


def seen_running(session: Session) -> Statement | None:
    """Whoever had the floor on the page that was looked at."""
    return statement_in(session, figure(request.form.get("running")))


def done(
    session: Session, act: Callable[[Person | None, datetime], object], form: AskForm | None = None
) -> ResponseReturnValue:
    person, at = current_person(), now()
    form = form or AskForm(session)
    attempt(form, lambda: act(person, at))
    if form.refused:
        return refused_page(session, form, 409)
    if FETCHED in request.headers:
        return fragment(session)
    return redirect(back(session), 303)


def refused_page(session: Session, form: AskForm, status: int) -> ResponseReturnValue:
    """The answer to what could not be done: the list as it stands, and the sentence that says why."""
    if FETCHED in request.headers:
        sentence = form.refusal or " ".join(words for _field, words in form.faults)
        return fragment(session, refusal=sentence, status=status)
    return page(session, form), status


def page(session: Session, form: AskForm | None = None) -> str:
    form = form or AskForm(session)
    found = participants_found(session, searched())
    return render_template(
        "floor/show.html",
        **of(session),
        form=form,
        ask_form=form,
        found=found,
        own_found=own_people_found(session, searched()),
        searched=searched(),
        may_ask=may_ask(session),
    )


def fragment(session: Session, refusal: str = "", status: int = 200, template: str = "floor/_list.html") -> Response:
    """The list as it stands. Its mark changes with everything that is done to it, and with who reads it."""
    values = of(session)
    answer = make_response("", status)
    answer.headers["X-As-Of"] = values["as_of"]
    if not refusal:
        answer.set_etag(values["mark"], weak=True)
        answer.make_conditional(request)
    if answer.status_code == status:
        answer.set_data(render_template(template, **values, refusal=refusal, back=request.values.get("back", "")))
    return answer


def of(session: Session) -> dict[str, Any]:  # what templates and an ETag read
    at, person = now(), current_person()
    floor: FloorList = floor_of(session)
    return {
        "meeting": session.meeting,
        "session": session,
        "floor": floor,
        "undoable": floor.undoable(person, at),
        "at": at,
        "mark": f"{session.id}-{floor.acts}-{person.id if person else 0}-{language()}",
        "as_of": f"{local(at, session.meeting.tz):%H:%M:%S}",
    }


def floor_page(session: Session) -> dict[str, object]:
    """What the list needs on a page of another feature."""
    return {**of(session), "may_ask": may_ask(session), "ask_form": AskForm(session)}


def searched() -> str:
    return request.args.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()


def back(session: Session) -> str:
    """Where the plain form came from: the page of the floor, or the capture screen."""
    endpoint = "capture.new" if request.form.get("back") == "capture" else "floor.show"
    return url_for(endpoint, slug=session.meeting.slug, code=session.code)
