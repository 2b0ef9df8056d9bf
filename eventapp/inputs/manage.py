"""Inputs for those who work: the call, the list with what to look for, and from a passage to a note."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import answer, held, key_sent, sent
from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.text.policy import clean, writable
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.editing.edited import edited
from eventapp.inputs.actions import deal_with, end_links, invite, open_call
from eventapp.inputs.answers.queries import asked_in_inputs, file_answered, shown_of_input
from eventapp.inputs.content import OVERVIEW
from eventapp.inputs.files import answer_served, served
from eventapp.inputs.forms import CallForm, InvitedForm, PassageForm
from eventapp.inputs.listing import mark_of, page_of_inputs
from eventapp.inputs.models import LINK, Input
from eventapp.inputs.passages import keep_passage, note_from, passages_of
from eventapp.inputs.queries import (
    InputFilter,
    call_of,
    file_of,
    input_at,
    inputs_in,
    revisions_of,
    said_by,
)
from eventapp.links.queries import open_links
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.record.drafts.actions import session_of
from eventapp.record.notes.content import content_from
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import first_recorded, titles_recorded
from eventapp.vocabulary.countries import country

bp = Blueprint("inputs_manage", __name__)
with_input = with_row(input_at, may=record_meeting)
LONGEST_WISH = 100


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
    attempt(form, lambda: invite(meeting, form.invited(), by=current_person(), at=now(), language=chosen_language()))
    if form.refused:
        return listed(meeting, asked=form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/meetings/<slug>/manage/inputs/call")
@with_meeting(may=run_meeting)
def call(meeting: Meeting) -> ResponseReturnValue:
    """Say from when until when inputs are taken."""
    form = CallForm(meeting.tz, request.form)

    def save() -> None:
        span = {"opens_at": form.moment(form.opens_at), "closes_at": form.moment(form.closes_at)}
        open_call(meeting, **span, words=form.asks.data or "", by=current_person(), at=now())

    return edited(
        form,
        lambda: CallForm.of(meeting, call_of(meeting)),
        save,
        lambda: listed(meeting, dates=form),
        url_for(".index", slug=meeting.slug),
        held=meeting,
    )


@bp.get("/meetings/<slug>/manage/inputs/<int(max=99999):number>")
@with_input
def show(written: Input) -> ResponseReturnValue:
    """One input, passage by passage, each with the notes made of it."""
    return one(written)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>")
@with_input
def update(written: Input) -> ResponseReturnValue:
    """Mark the input as dealt with or not, or stop its mailed link."""
    word = request.form.get("act")
    if word not in ("deal", "again", "end"):
        return one(written), 422

    def act() -> None:
        if word == "end":
            end_links(written, by=current_person(), at=now())
        else:
            deal_with(written, done=word == "deal", by=current_person(), at=now())

    refusal = refusal_from(act)
    if refusal:
        return one(written, refusal=refusal), 409
    return redirect(url_for(".show", slug=written.meeting.slug, number=written.number), 303)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>/notes")
@with_input
def note(written: Input) -> ResponseReturnValue:
    """Record one idea of a passage as a note. The page it leads to says which one was made."""
    form = PassageForm(written.meeting, said_by(written), request.form)
    session = form.chosen
    if not form.validate() or session is None:
        return one(written, typed=form), 422

    def act() -> Note:
        content = form.content(session, written.name, source_of(written, form))
        return note_from(written, session, form.part.data, content, by=current_person(), at=now(), key=key_sent())

    made = attempt(form, act)
    if made is None:
        return one(written, typed=form), 409
    slug, anchor = written.meeting.slug, f"part-{form.part.data or 'overview'}"
    return redirect(url_for(".show", slug=slug, number=written.number, made=made.reference, _anchor=anchor), 303)


@bp.post("/meetings/<slug>/manage/inputs/<int(max=99999):number>/notes/typing")
@with_input
def typing(written: Input) -> ResponseReturnValue:
    """Keep what is being made of a passage, as of any note; before a session is chosen, with the first one."""
    person, key = current_person(), key_sent()
    form = PassageForm(written.meeting, said_by(written), request.form)
    session, part = form.chosen or first_recorded(written.meeting), form.part.data or ""
    if person is None or session is None or not key or part not in dict(form.said.parts):
        abort(400)
    content, wanted = form.content(session, written.name, source_of(written, form)), form.session.data or ""
    return answer(
        lambda at: keep_passage(written, session, part, content, sent(), wanted=wanted, key=key, by=person, at=at),
        written.meeting.tz,
    )


@bp.get("/meetings/<slug>/manage/inputs/<int(max=99999):number>/file")
@with_input
def file(written: Input) -> ResponseReturnValue:
    if not written.sent_at:
        abort(404)
    return served(file_of(written) or abort(404), written)


@bp.get("/meetings/<slug>/manage/inputs/<int(max=99999):number>/answers/<code>")
@with_input
def answer_file(written: Input, code: str) -> ResponseReturnValue:
    """The file by which a question was answered; one that is personal is for organizers."""
    personal = run_meeting(current_person(), written.meeting)
    return answer_served(file_answered(written, code, personal=personal) or abort(404), written)


def source_of(written: Input, form: PassageForm) -> str:
    return _("Input %(ref)s of %(organization)s", ref=written.reference, organization=form.said.organization)


def filter_asked() -> InputFilter:
    asked = {name: writable(clean(request.args.get(name, ""))[:LONGEST_WISH]) for name in ("line", "words", "state")}
    return InputFilter(**asked)


def listed(meeting: Meeting, *, asked: InvitedForm | None = None, dates: CallForm | None = None) -> str:
    looked_for, called = filter_asked(), call_of(meeting)
    listing = page_of_inputs(meeting, looked_for, request.args.get("page"))
    if dates is None:
        dates = CallForm.of(meeting, called)
    return render_template(
        "inputs/manage.html",
        meeting=meeting,
        call=called,
        at=now(),
        total=inputs_in(meeting),
        listing=listing,
        rows=[(written, text, mark_of(written)) for written, text in listing.rows],
        criteria=looked_for,
        is_narrowed=looked_for != InputFilter(),
        lines=themes_of(meeting).lines,
        asked=asked or InvitedForm(),
        dates=dates,
        runs=run_meeting(current_person(), meeting),
        asks_personal=any(one.is_personal for one in asked_in_inputs(meeting)),
    )


def one(written: Input, *, refusal: str = "", typed: PassageForm | None = None) -> str:
    said, begun = said_by(written), passages_of(written, current_person())
    sessions = titles_recorded(written.meeting) if written.stands else []
    answers = shown_of_input(written, personal=run_meeting(current_person(), written.meeting))

    def form_for(part: str, text: str) -> PassageForm:
        if typed is not None and typed.part.data == part:
            return typed
        if part in begun:
            return PassageForm(written.meeting, said, data={**held_in(begun[part]), "part": part})
        return PassageForm(written.meeting, said, data=first_words(part, text, usual_session(written, sessions)))

    return render_template(
        "inputs/read.html",
        written=written,
        meeting=written.meeting,
        mark=mark_of(written),
        said=said,
        sessions=sessions,
        parts=[
            (part, text, form_for(part, text), [made for made in written.notes if made.part == part])
            for part, text in said.parts
        ]
        if written.sent_at
        else [],
        overview=OVERVIEW,
        lines=themes_of(written.meeting).lines,
        country=country(said.country),
        file=file_of(written) if written.sent_at else None,
        begun=begun,
        revisions=revisions_of(written),
        answers=answers,
        answer_files={
            one.file: url_for(".answer_file", slug=written.meeting.slug, number=written.number, code=one.file)
            for one in answers
            if one.file
        },
        has_link=any(one.under_id is None for one in open_links(LINK, written, at=now())),
        refusal=refusal or (typed.refusal if typed else ""),
    )


def usual_session(written: Input, sessions: Sequence[tuple[str, str]]) -> str:
    """The code a form begins with: of the session of the last note made of this input, or of the only session."""
    if written.notes:
        return written.notes[-1].note.session.code
    return sessions[0][0] if len(sessions) == 1 else ""


def first_words(part: str, text: str, code: str) -> dict[str, str]:
    """What a form begins with: the whole passage, for this session."""
    return {"key": secret(), "part": part, "session": code, "kind": "challenge", "text": text}


def held_in(draft: Draft) -> dict[str, str | None]:
    """What a form goes on with that was begun before."""
    said = content_from(draft.content)
    code = draft.content["session"] if "session" in draft.content else session_of(draft).code
    return {**held(draft), "session": code, "kind": said.kind, "text": said.text}
