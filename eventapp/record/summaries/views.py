"""The page of a session's summary: writing it, its history, and deciding between two."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.checkin.attendance.expected import STATES, of_session
from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import KeyedFields, answer, held, key_sent, sent
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import ngettext
from eventapp.ground.text.policy import figure, words_in
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form, Text
from eventapp.people.current import current_person
from eventapp.record.confirmations.people import LEADERS
from eventapp.record.drafts.queries import SUMMARY, being_typed, left_behind, unfinished
from eventapp.record.notes import queries
from eventapp.record.sessions.access import session_page, where, with_session
from eventapp.record.sessions.queries import SILENT_ROLES, record_of
from eventapp.record.sessions.rules import record_session
from eventapp.record.summaries import queries as summed
from eventapp.record.summaries.actions import keep_summing, restore_summary, settle_summary, summary_of, write_summary
from eventapp.record.summaries.attendance import attendance
from eventapp.record.summaries.content import PARTS, Summary, changes, summary_from

bp = Blueprint("summaries", __name__)
PAGE = "/meetings/<slug>/record/<code>/summary"
LONGEST, DIVERGENCE_WORDS = 6000, 150
THREE = 3


def at_most_paragraphs(form: Form, field: Field) -> None:
    """As many paragraphs as the form of the report has room for."""
    most = 1 if field.name.startswith("role-") else THREE
    over = len([line for line in (field.data or "").splitlines() if line.strip()]) - most
    if over > 0:
        raise ValidationError(
            ngettext("Write one paragraph, without a line break.", "Write %(num)s paragraphs at most.", most)
        )


def at_most_words(form: Form, field: Field) -> None:
    """As many words as the form of the report has room for."""
    over = words_in(field.data or "") - DIVERGENCE_WORDS
    if over > 0:
        raise ValidationError(ngettext("Take out %(num)s word.", "Take out %(num)s words.", over))


class SummaryForm(KeyedFields, Form):
    """The summary in the form of the Internet Governance Forum. The session adds a field for each presentation."""

    base = HiddenField()
    kept = HiddenField()
    key_issues = Text(PARTS["key_issues"], most=LONGEST)
    discussion = Text(PARTS["discussion"], most=LONGEST, checks=(at_most_paragraphs,))
    divergence = Text(PARTS["divergence"], most=LONGEST, checks=(at_most_words,))
    way_forward = Text(PARTS["way_forward"], most=LONGEST, checks=(at_most_paragraphs,))

    presenters: tuple[SpeakingRole, ...] = ()

    def summary(self) -> Summary:
        """What was typed, as a summary."""
        issues = (line.strip() for line in (self.key_issues.data or "").splitlines())
        paragraphs = ((role.id, self[f"role-{role.id}"].data or "") for role in self.presenters)
        return Summary(
            key_issues=tuple(filter(None, issues)),
            presentations=tuple((role, text) for role, text in paragraphs if text),
            discussion=self.discussion.data or "",
            divergence=self.divergence.data or "",
            way_forward=self.way_forward.data or "",
        )


def presenters_of(session: Session, summary: Summary) -> tuple[SpeakingRole, ...]:
    """Who gave a presentation, by the roles of the session; and whoever has a paragraph already."""
    silent = (*SILENT_ROLES, *LEADERS)
    return tuple(role for role in session.roles if (role.holds and role.role not in silent) or summary.of(role.id))


def form_for(session: Session, summary: Summary, **data: object) -> SummaryForm:
    """The form of this session, filled with what was typed where something was, else with this summary."""
    presenters = presenters_of(session, summary)
    fields = {f"role-{role.id}": Text(role.name, most=LONGEST, checks=(at_most_paragraphs,)) for role in presenters}
    form_class = type("FormOfSession", (SummaryForm,), {**fields, "presenters": presenters})
    paragraphs = {f"role-{role.id}": summary.of(role.id) for role in presenters}
    paragraphs |= {name: getattr(summary, name) for name in ("discussion", "divergence", "way_forward")}
    form: SummaryForm = form_class(
        request.form if request.method == "POST" else None,
        data={"key_issues": "\n".join(summary.key_issues), **paragraphs, **data},
    )
    return form


@bp.get(PAGE)
@with_session(may=record_session)
def edit(session: Session) -> ResponseReturnValue:
    """The summary as it is, to write on; one that was set aside, to make one of both; or one that was being typed."""
    draft, unsaved = second_at(session, figure(request.args.get("beside"))), unsaved_of(session)
    if unsaved is not None and str(unsaved.id) == request.args.get("kept"):
        return page(session, form_for(session, summary_from(unsaved.content), **held(unsaved)))
    summary = summary_from(draft.content) if draft else summary_of(session)
    data = {"key": secret(), "base": str(head_of(session)), "kept": str(draft.id) if draft else ""}
    return page(session, form_for(session, summary, **data))


@bp.post(PAGE)
@with_session(may=record_session)
def update(session: Session) -> ResponseReturnValue:
    """Save it, or show both where somebody else was faster."""
    form, person, at = form_for(session, summary_of(session)), current_person(), now()
    if not form.validate():
        return page(session, form), 422
    draft, base, key = second_at(session, figure(form.kept.data)), figure(form.base.data), key_sent()
    with transaction():
        if draft is not None:
            outcome = settle_summary(draft, form.summary(), base=base, by=person, at=at, key=key)
        else:
            outcome = write_summary(session, form.summary(), base=base, by=person, at=at, key=key)
    return after(session, outcome)


@bp.post(f"{PAGE}/typing")
@with_session(may=record_session)
def typing(session: Session) -> ResponseReturnValue:
    """Keep what is being typed, as of a note."""
    form, person, key = form_for(session, summary_of(session)), current_person(), key_sent()
    if person is None or not key:
        abort(400)
    return answer(
        lambda at: keep_summing(session, form.summary(), sent(), key=key, by=person, at=at), session.meeting.tz
    )


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
    form = Form()
    outcome = attempt(form, lambda: restore_summary(session, number, base=base, by=current_person(), at=now()))
    if form.refused:
        return past(session, refusal=form.refusal), 409
    return after(session, outcome)


@bp.get(f"{PAGE}/conflicts/<int(max=999999999):kept_id>")
@with_session(may=record_session)
def conflict(session: Session, kept_id: int) -> ResponseReturnValue:
    """Two summaries, with their differences."""
    draft = second_at(session, kept_id)
    if draft is None:
        abort(404)
    return session_page(
        "record/summary_conflict.html",
        session,
        kept=draft,
        differences=changes(summary_of(session), summary_from(draft.content), names_of(session)),
        head=head_of(session),
    )


@bp.post(f"{PAGE}/conflicts/<int(max=999999999):kept_id>")
@with_session(may=record_session)
def decide(session: Session, kept_id: int) -> ResponseReturnValue:
    """Choose one of two summaries; the other one stays in the history."""
    draft = second_at(session, kept_id)
    if draft is None:
        abort(404)
    mine = summary_from(draft.content) if request.form.get("choice") == "mine" else None
    with transaction():
        outcome = settle_summary(draft, mine, base=figure(request.form.get("base")), by=current_person(), at=now())
    return after(session, outcome)


def unsaved_of(session: Session) -> Draft | None:
    """What this person was typing here and did not save: what is asked for, else the newest that says anything else."""
    person = current_person()
    if person is None:
        return None
    asked = unfinished(session, person, figure(request.args.get("kept")), SUMMARY)
    if asked is not None:
        return asked
    draft = being_typed(session, person, SUMMARY)
    return draft if draft and summary_from(draft.content) != summary_of(session) else None


def after(session: Session, outcome: object) -> ResponseReturnValue:
    if isinstance(outcome, Draft):
        return redirect(url_for("summaries.conflict", **where(session), kept_id=outcome.id), 303)
    return redirect(url_for("clearing.show", **where(session)), 303)


def page(session: Session, form: SummaryForm) -> str:
    open_texts = [draft for draft in summed.second_summaries(session) if draft.is_open]
    return session_page(
        "record/summary.html",
        session,
        form=form,
        head=head_of(session),
        conflicts=[draft for draft in open_texts if str(draft.id) != form.kept.data],
        unsaved=unsaved_of(session),
        left_behind=[(one, summary_from(one.content)) for one in left_behind(session, SUMMARY)],
        came=attendance(session),
        expected=of_session(session),
        expected_states=STATES,
        notes=sorted(queries.notes_of(session), key=lambda note: note.number),
    )


def past(session: Session, refusal: str = "") -> str:
    revisions, names = summed.summary_revisions_of(session), names_of(session)
    summaries = [Summary(), *(summary_from(revision.content) for revision in revisions)]
    steps = [(revision, changes(summaries[n], summaries[n + 1], names)) for n, revision in enumerate(revisions)]
    record = record_of(session)
    return session_page(
        "record/summary_revisions.html",
        session,
        steps=steps[::-1],
        record=record,
        kept=summed.second_summaries(session),
        refusal=refusal,
    )


def names_of(session: Session) -> dict[int, str]:
    return {role.id: role.name for role in session.roles}


def head_of(session: Session) -> int:
    record = record_of(session)
    return record.summary_head if record else 0


def second_at(session: Session, number: int) -> Draft | None:
    return next((draft for draft in summed.second_summaries(session) if draft.id == number), None)
