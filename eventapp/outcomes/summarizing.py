"""The page of a session's summary: writing it, its history, and deciding between two."""

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.forms import Form, Text
from eventapp.outcomes import queries, summed
from eventapp.outcomes.attendance import attendance
from eventapp.outcomes.concerned import LEADERS
from eventapp.outcomes.gate import with_session
from eventapp.outcomes.handover import left_behind
from eventapp.outcomes.keeping import KEY, held, said_at, text_asked_for, told_key
from eventapp.outcomes.models import KeptText
from eventapp.outcomes.rules import record_session
from eventapp.outcomes.sheltering import Hold
from eventapp.outcomes.summaries import keep_summing, restore_summary, settle_summary, summary_of, write_summary
from eventapp.outcomes.summary import PARTS, Summary, changes, summary_from
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import figure, words_in
from eventapp.tokens import secret
from eventapp.words import ngettext

bp = Blueprint("summaries", __name__)
PAGE = "/meetings/<slug>/record/<code>/summary"
LONGEST, DIVERGENCE_WORDS = 6000, 150
THREE = 3


def at_most_paragraphs(form: Any, field: Any) -> None:
    """As many paragraphs as the form of the report has room for."""
    most = 1 if field.name.startswith("role-") else THREE
    over = len([line for line in (field.data or "").splitlines() if line.strip()]) - most
    if over > 0:
        raise ValidationError(
            ngettext("Write one paragraph, without a line break.", "Write %(num)s paragraphs at most.", most)
        )


def at_most_words(form: Any, field: Any) -> None:
    """As many words as the form of the report has room for."""
    over = words_in(field.data or "") - DIVERGENCE_WORDS
    if over > 0:
        raise ValidationError(ngettext("Take out %(num)s word.", "Take out %(num)s words.", over))


class SummaryForm(Form):
    """The summary in the form of the Internet Governance Forum. The session adds a field for each presentation."""

    key = HiddenField()
    base = HiddenField()
    over = HiddenField()  # which keeping of it, typed and not saved, this was written on
    kept = HiddenField()
    key_issues = Text(PARTS["key_issues"], most=LONGEST)
    discussion = Text(PARTS["discussion"], most=LONGEST, checks=(at_most_paragraphs,))
    divergence = Text(PARTS["divergence"], most=LONGEST, checks=(at_most_words,))
    way_forward = Text(PARTS["way_forward"], most=LONGEST, checks=(at_most_paragraphs,))

    presenters: tuple[SpeakingRole, ...] = ()

    def summary(self) -> Summary:
        """What was typed, as a summary."""
        issues = (line.strip() for line in (self.key_issues.data or "").splitlines())
        told = ((role.id, self[f"role-{role.id}"].data or "") for role in self.presenters)
        return Summary(
            key_issues=tuple(filter(None, issues)),
            presentations=tuple((role, text) for role, text in told if text),
            discussion=self.discussion.data or "",
            divergence=self.divergence.data or "",
            way_forward=self.way_forward.data or "",
        )


def presenters_of(session: Session, summary: Summary) -> tuple[SpeakingRole, ...]:
    """Who gave a presentation, by the roles of the session; and whoever has a paragraph already."""
    silent = (*queries.SILENT_ROLES, *LEADERS)
    return tuple(role for role in session.roles if (role.holds and role.role not in silent) or summary.of(role.id))


def form_for(session: Session, summary: Summary, **data: Any) -> SummaryForm:
    """The form of this session, filled with what was typed where something was, else with this summary."""
    presenters = presenters_of(session, summary)
    fields = {f"role-{role.id}": Text(role.name, most=LONGEST, checks=(at_most_paragraphs,)) for role in presenters}
    form_class = type("FormOfSession", (SummaryForm,), {**fields, "presenters": presenters})
    said = {f"role-{role.id}": summary.of(role.id) for role in presenters}
    said |= {name: getattr(summary, name) for name in ("discussion", "divergence", "way_forward")}
    form: SummaryForm = form_class(
        request.form if request.method == "POST" else None,
        data={"key_issues": "\n".join(summary.key_issues), **said, **data},
    )
    return form


@bp.get(PAGE)
@with_session(may=record_session)
def edit(session: Session) -> ResponseReturnValue:
    """The summary as it is, to write on; one that was set aside, to make one of both; or one that was being typed."""
    kept, unsaved = kept_at(session, figure(request.args.get("beside"))), unsaved_of(session)
    if unsaved is not None and str(unsaved.id) == request.args.get("kept"):
        return page(session, form_for(session, summary_from(unsaved.content), **held(unsaved)))
    summary = summary_from(kept.content) if kept else summary_of(session)
    data = {"key": secret(), "base": str(head_of(session)), "kept": str(kept.id) if kept else ""}
    return page(session, form_for(session, summary, **data))


@bp.post(PAGE)
@with_session(may=record_session)
def update(session: Session) -> ResponseReturnValue:
    """Save it, or show both where somebody else was faster."""
    form, person, at = form_for(session, summary_of(session)), current_person(), now()
    if not form.validate():
        return page(session, form), 422
    kept, base, key = kept_at(session, figure(form.kept.data)), figure(form.base.data), str(form.key.data)[:KEY]
    with transaction():
        if kept is not None:
            outcome = settle_summary(kept, form.summary(), base=base, by=person, at=at, key=key)
        else:
            outcome = write_summary(session, form.summary(), base=base, by=person, at=at, key=key)
    return after(session, outcome)


@bp.post(f"{PAGE}/typing")
@with_session(may=record_session)
def typing(session: Session) -> ResponseReturnValue:
    """Keep what is being typed, as of a note. X-Key is the key it is kept under, '' where it is saved already."""
    form, person, at = form_for(session, summary_of(session)), current_person(), now()
    key, base = str(form.key.data or "")[:KEY], figure(form.base.data)
    if person is None or not key:
        abort(400)
    hold = Hold(request.form.get("mark", "")[:KEY], str(form.over.data or "")[:KEY], "unchanged" in request.form)
    with transaction():
        kept = keep_summing(session, form.summary(), key=key, base=base, by=person, at=at, hold=hold)
    answer = said_at(make_response("", 204), session, at)
    answer.headers["X-Key"] = told_key(kept)
    return answer


@bp.get(f"{PAGE}/revisions")
@with_session(may=record_session)
def history(session: Session) -> ResponseReturnValue:
    """Everything the summary ever said, the newest first."""
    return past(session)


@bp.post(f"{PAGE}/revisions")
@with_session(may=record_session)
def again(session: Session) -> ResponseReturnValue:
    """Let the summary say what it said before."""
    number, base = figure(request.form.get("revision")), figure(request.form.get("base"))
    try:
        with transaction():
            outcome = restore_summary(session, number, base=base, by=current_person(), at=now())
    except Refused as refused:
        return past(session, refusal=str(refused)), 409
    return after(session, outcome)


@bp.get(f"{PAGE}/conflicts/<int(max=999999999):kept_id>")
@with_session(may=record_session)
def conflict(session: Session, kept_id: int) -> ResponseReturnValue:
    """Two summaries, with their differences."""
    kept = kept_at(session, kept_id)
    if kept is None:
        abort(404)
    return render_template(
        "outcomes/summary_conflict.html",
        meeting=session.meeting,
        session=session,
        kept=kept,
        differences=changes(summary_of(session), summary_from(kept.content), names_of(session)),
        head=head_of(session),
    )


@bp.post(f"{PAGE}/conflicts/<int(max=999999999):kept_id>")
@with_session(may=record_session)
def decide(session: Session, kept_id: int) -> ResponseReturnValue:
    """Choose one of two summaries; the other one stays in the history."""
    kept = kept_at(session, kept_id)
    if kept is None:
        abort(404)
    mine = summary_from(kept.content) if request.form.get("choice") == "mine" else None
    with transaction():
        outcome = settle_summary(kept, mine, base=figure(request.form.get("base")), by=current_person(), at=now())
    return after(session, outcome)


def unsaved_of(session: Session) -> KeptText | None:
    """What this person was typing here and did not save: what is asked for, else the newest that says anything else."""
    person = current_person()
    if person is None:
        return None
    asked = text_asked_for(person, request.args.get("kept", ""))
    if asked and asked.session_id == session.id and asked.part == summed.SUMMING and asked.is_unfinished:
        return asked
    kept = summed.being_summed(session, person)
    return kept if kept and summary_from(kept.content) != summary_of(session) else None


def after(session: Session, outcome: Any) -> ResponseReturnValue:
    if isinstance(outcome, KeptText):
        return redirect(url_for("summaries.conflict", **where(session), kept_id=outcome.id), 303)
    return redirect(url_for("closing.show", **where(session)), 303)


def page(session: Session, form: SummaryForm) -> str:
    open_texts = [kept for kept in summed.summaries_kept(session) if kept.settled_at is None]
    return render_template(
        "outcomes/summary.html",
        meeting=session.meeting,
        session=session,
        form=form,
        head=head_of(session),
        conflicts=[kept for kept in open_texts if str(kept.id) != form.kept.data],
        unsaved=unsaved_of(session),
        left_behind=[(one, summary_from(one.content)) for one in left_behind(session, summed.SUMMING)],
        came=attendance(session),
        notes=sorted(queries.notes_of(session), key=lambda note: note.number),
    )


def past(session: Session, refusal: str = "") -> str:
    revisions, names = summed.summary_revisions_of(session), names_of(session)
    said = [Summary(), *(summary_from(revision.content) for revision in revisions)]
    steps = [(revision, changes(said[n], said[n + 1], names)) for n, revision in enumerate(revisions)]
    record = queries.record_of(session)
    return render_template(
        "outcomes/summary_revisions.html",
        meeting=session.meeting,
        session=session,
        steps=steps[::-1],
        record=record,
        kept=summed.summaries_kept(session),
        refusal=refusal,
    )


def names_of(session: Session) -> dict[int, str]:
    return {role.id: role.name for role in session.roles}


def head_of(session: Session) -> int:
    record = queries.record_of(session)
    return record.summary_head if record else 0


def kept_at(session: Session, number: int) -> KeptText | None:
    return next((kept for kept in summed.summaries_kept(session) if kept.id == number), None)


def where(session: Session) -> dict[str, Any]:
    return {"slug": session.meeting.slug, "code": session.code}
