"""Inputs for those who work: the call, the list with what to look for, and from a passage to a note."""

from typing import NamedTuple

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.inputs.actions import deal_with, end_links, invite, note_from, open_call
from eventapp.inputs.begun import begun_of, keep_begun
from eventapp.inputs.content import OVERVIEW, Contribution
from eventapp.inputs.files import served
from eventapp.inputs.forms import CallForm, InvitedForm, PassageForm
from eventapp.inputs.gate import with_input
from eventapp.inputs.models import Input
from eventapp.inputs.queries import (
    Wish,
    call_of,
    file_of,
    inputs_of,
    open_links,
    revisions_of,
    said_by,
    said_by_all,
    state_of,
)
from eventapp.languages import chosen_language
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.local_time import words_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.outcomes.draft import draft_from
from eventapp.outcomes.keeping import KEY, said_at, told_key
from eventapp.outcomes.models import KeptText
from eventapp.outcomes.queries import sessions_recorded
from eventapp.outcomes.sheltering import Hold
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import clean, writable
from eventapp.tokens import secret
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.words import _

bp = Blueprint("inputs_manage", __name__)
LONGEST_WISH = 100


class Mark(NamedTuple):
    """A state in a word, and its tone."""

    word: str
    tone: str


@bp.get("/meetings/<slug>/manage/inputs")
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The inputs that fit what is looked for; below them the call, and a form to ask a body."""
    return listed(meeting)


@bp.post("/meetings/<slug>/manage/inputs")
@with_meeting(may=record_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Ask a body that is not registered for an input."""
    form = InvitedForm(request.form)
    if not form.validate():
        return listed(meeting, asked=form), 422
    try:
        with transaction():
            invite(meeting, form.invited(), by=current_person(), at=now(), language=chosen_language())
    except Refused as refused:
        form.refuse(refused)
        return listed(meeting, asked=form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/meetings/<slug>/manage/inputs/call")
@with_meeting(may=run_meeting)
def call(meeting: Meeting) -> ResponseReturnValue:
    """Say from when until when inputs are taken."""
    form = CallForm(meeting.tz, request.form)
    if not form.validate():
        return listed(meeting, dates=form), 422
    try:
        with transaction():
            open_call(
                meeting, opens_at=form.moment(form.opens_at), closes_at=form.moment(form.closes_at),
                words=form.asks.data or "", by=current_person(), at=now(),
            )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return listed(meeting, dates=form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/meetings/<slug>/manage/inputs/<int(max=99999):number>")
@with_input
def show(written: Input) -> ResponseReturnValue:
    """One input, passage by passage, each with the notes made of it."""
    return one(written)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>")
@with_input
def update(written: Input) -> ResponseReturnValue:
    """Mark the input as dealt with or not, or stop its mailed link."""
    act = request.form.get("act")
    if act not in ("deal", "again", "end"):
        return one(written), 422
    try:
        with transaction():
            if act == "end":
                end_links(written, by=current_person(), at=now())
            else:
                deal_with(written, done=act == "deal", by=current_person(), at=now())
    except Refused as refused:
        return one(written, refusal=str(refused)), 409
    return redirect(url_for(".show", slug=written.meeting.slug, number=written.number), 303)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>/notes")
@with_input
def note(written: Input) -> ResponseReturnValue:
    """Record one idea of a passage as a note. The page it leads to says which one was made."""
    form = PassageForm(sessions_recorded(written.meeting), said_by(written), request.form)
    if not form.validate():
        return one(written, typed=form), 422
    try:
        with transaction():
            draft = form.draft(written.name, source_of(written, form))
            made = note_from(
                written, form.sessions[form.session.data], form.part.data, draft,
                by=current_person(), at=now(), key=str(form.key.data)[:KEY],
            )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return one(written, typed=form), 409
    slug, anchor = written.meeting.slug, f"part-{form.part.data or 'overview'}"
    return redirect(url_for(".show", slug=slug, number=written.number, made=made.reference, _anchor=anchor), 303)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>/notes/typing")
@with_input
def typing(written: Input) -> ResponseReturnValue:
    """Keep what is being made of a passage. X-Key is the key it is kept under, '' where it is a note already."""
    person, at = current_person(), now()
    form = PassageForm(sessions_recorded(written.meeting), said_by(written), request.form)
    session, part, key = form.sessions.get(form.session.data), form.part.data or "", str(form.key.data or "")[:KEY]
    if person is None or session is None or not key or part not in dict(form.said.parts):
        abort(400)
    hold = Hold(request.form.get("mark", "")[:KEY], str(form.over.data or "")[:KEY], "unchanged" in request.form)
    draft = form.draft(written.name, source_of(written, form))
    with transaction():
        kept = keep_begun(written, session, part, draft, key=key, by=person, at=at, hold=hold)
    answer = said_at(make_response("", 204), session, at)
    answer.headers["X-Key"] = told_key(kept) if kept or draft.text else key
    return answer


@bp.get("/meetings/<slug>/manage/inputs/<int(max=99999):number>/file")
@with_input
def file(written: Input) -> ResponseReturnValue:
    if not written.sent_at:
        abort(404)
    return served(file_of(written) or abort(404), written)


def source_of(written: Input, form: PassageForm) -> str:
    return _("Input %(ref)s of %(organization)s", ref=written.reference, organization=form.said.organization)


def standing(written: Input) -> Mark:
    """Where an input stands, in a word."""
    return {
        "draft": Mark(_("Being written"), "off"),
        "new": Mark(_("To be read"), "wait"),
        "dealt": Mark(_("Dealt with"), "ok"),
        "withdrawn": Mark(_("Taken back"), "off"),
    }[state_of(written)]


def wish() -> Wish:
    asked = {name: writable(clean(request.args.get(name, ""))[:LONGEST_WISH]) for name in ("line", "words", "state")}
    return Wish(**asked)


def listed(meeting: Meeting, *, asked: InvitedForm | None = None, dates: CallForm | None = None) -> str:
    said, looked_for, called = said_by_all(meeting), wish(), call_of(meeting)
    everything = [(written, said.get(written.id)) for written in inputs_of(meeting)]
    fitting = [(one, text) for one, text in everything if looked_for.fits(one, text or Contribution())]
    if dates is None:
        told = {"opens_at": words_of(called.opens_at, meeting.tz), "closes_at": words_of(called.closes_at, meeting.tz),
                "asks": called.words} if called else {}  # fmt: skip
        dates = CallForm(meeting.tz, data=told)
    return render_template(
        "inputs/manage.html",
        meeting=meeting,
        call=called,
        at=now(),
        total=len(everything),
        rows=[(written, text, standing(written)) for written, text in fitting],
        wish=looked_for,
        is_wished=looked_for != Wish(),
        lines=ACTION_LINES,
        asked=asked or InvitedForm(),
        dates=dates,
        runs=run_meeting(current_person(), meeting),
    )


def one(written: Input, *, refusal: str = "", typed: PassageForm | None = None) -> str:
    said, sessions = said_by(written), sessions_recorded(written.meeting)
    begun = begun_of(written, current_person())

    def form_for(part: str, text: str) -> PassageForm:
        if typed is not None and typed.part.data == part:
            return typed
        if part in begun:
            return PassageForm(sessions, said, data={**held_in(begun[part]), "part": part})
        return PassageForm(sessions, said, data={"key": secret(), "part": part, "kind": "challenge", "text": text})

    return render_template(
        "inputs/read.html",
        written=written,
        meeting=written.meeting,
        mark=standing(written),
        said=said,
        parts=[(part, text, form_for(part, text), [made for made in written.notes if made.part == part])
               for part, text in said.parts] if written.sent_at else [],
        overview=OVERVIEW,
        lines=ACTION_LINES,
        country=country(said.country),
        file=file_of(written) if written.sent_at else None,
        begun=begun,
        revisions=revisions_of(written),
        has_link=bool(open_links(written)),
        refusal=refusal or (typed.refusal if typed else ""),
    )  # fmt: skip


def held_in(kept: KeptText) -> dict[str, str]:
    """What a form goes on with that was begun before."""
    draft = draft_from(kept.content)
    held = {"key": told_key(kept), "over": kept.mark, "session": kept.session.code}
    return {**held, "kind": draft.kind, "text": draft.text}
