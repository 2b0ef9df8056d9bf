"""Papers for one person, for organizers: their templates, and issuing them."""

from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import lock, transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.downloads import download
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.personal_papers.actions import issue, prepare, put_letterhead, write_template
from eventapp.personal_papers.forms import (
    MOST_MEGABYTES,
    IssueForm,
    LetterheadForm,
    TemplateForm,
    letterhead_form,
    template_form,
)
from eventapp.personal_papers.issued import Issued, pdf_of, where_agenda, where_checked
from eventapp.personal_papers.kinds import INVITATION, KINDS, WORDS, fits
from eventapp.personal_papers.queries import Chosen, counted, issued_counts, own_templates, template_of
from eventapp.personal_papers.sealed import files_for, words_for
from eventapp.registration.lists.listing import read_look
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("personal_papers_manage", __name__, url_prefix="/meetings/<slug>/manage/papers")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every kind with its texts, and whose papers to issue.

    ?references=R-0165 names one person, and the filters of the list of registrations those whom it shows.
    """
    filters = (
        urlencode(read_look(request.args).address(page=1, sort="sent", columns="")) if request.args.get("list") else ""
    )
    return page_of(
        meeting, IssueForm(None, meeting, references=request.args.get("references", "")[:2000], filters=filters)
    )


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Issue them: the answer is the file."""
    form = IssueForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, form), 422
    kind, tongue = form.kind.data, form.tongue.data
    papers = attempt_apart(form, lambda: issued_now(meeting, kind, tongue, form.chosen()))
    if papers is None:
        return page_of(meeting, form), 409
    title = f"{KINDS[kind].label}, {meeting.short_title}"
    template = template_of(meeting, kind, tongue)
    agenda = where_agenda(meeting) if form.qr.data and not KINDS[kind].sign else ""
    content = pdf_of(papers, kind, tongue, template, title=title, address=where_checked(), agenda=agenda)
    return download(f"{meeting.slug}-{kind}-{tongue}.pdf", "application/pdf", content)


@bp.get("/<kind>/<tongue>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, kind: str, tongue: str) -> ResponseReturnValue:
    """The text of one kind in one language."""
    return template_page(meeting, kind, tongue)


@bp.post("/<kind>/<tongue>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, kind: str, tongue: str) -> ResponseReturnValue:
    known(meeting, kind, tongue)
    form = TemplateForm(request.form, words_for(meeting), files_for(meeting))
    text, signatory = form.text.data or "", form.signatory.data or ""

    def save() -> None:
        write_template(meeting, kind, tongue, text, signatory, by=current_person(), at=now())

    return edited(
        form,
        lambda: template_form(meeting, kind, tongue),
        save,
        lambda: template_page(meeting, kind, tongue, writing=form),
        url_for(".edit", slug=meeting.slug, kind=kind, tongue=tongue),
        held=meeting,
    )


@bp.post("/<kind>/<tongue>/letterhead")
@with_meeting(may=run_meeting)
def update_letterhead(meeting: Meeting, kind: str, tongue: str) -> ResponseReturnValue:
    """Put a picture above such papers, or take it away."""
    known(meeting, kind, tongue)
    form, is_removed = LetterheadForm(request.form), request.form.get("do") == "remove"
    picture = b"" if is_removed else form.picture()
    if not picture and not is_removed:
        return template_page(meeting, kind, tongue, heading=form), 422

    def save() -> None:
        lock(meeting)
        if form.seen.data and form.seen.data != letterhead_form(meeting, kind, tongue).seen.data:
            raise Refused(
                _("Somebody changed the picture meanwhile. Look at it, and send yours again if it is to stand.")
            )
        put_letterhead(meeting, kind, tongue, picture, by=current_person(), at=now())

    attempt(form, save)
    if form.refused:
        form.seen.data = letterhead_form(meeting, kind, tongue).seen.data
        return template_page(meeting, kind, tongue, heading=form), 409
    return redirect(url_for(".edit", slug=meeting.slug, kind=kind, tongue=tongue), 303)


def issued_now(meeting: Meeting, kind: str, tongue: str, chosen: Chosen) -> list[Issued]:
    contents = prepare(meeting, kind, tongue, chosen, at=now())
    with transaction():
        return issue(meeting, kind, tongue, contents, by=current_person(), at=now())


def known(meeting: Meeting, kind: str, tongue: str) -> None:
    """404 for a kind or a language that there is not."""
    if not fits(kind, tongue, meeting.languages or ["en"]):
        abort(404)


def page_of(meeting: Meeting, form: IssueForm) -> str:
    tongues = [(code, TONGUES.get(code, code)) for code in dict.fromkeys(meeting.languages or ["en"])]
    return render_template(
        "personal_papers/index.html",
        meeting=meeting,
        form=form,
        kinds=KINDS,
        tongues=tongues,
        own=own_templates(meeting),
        counts=issued_counts(meeting),
        listed=counted(meeting, INVITATION, form.chosen()) if form.filters.data else 0,
    )


def template_page(meeting: Meeting, kind: str, tongue: str, **sent: Form) -> str:
    known(meeting, kind, tongue)
    row = template_of(meeting, kind, tongue)
    forms = {"writing": template_form(meeting, kind, tongue), "heading": letterhead_form(meeting, kind, tongue), **sent}
    return render_template(
        "personal_papers/edit.html",
        meeting=meeting,
        kind=KINDS[kind],
        tongue=tongue,
        tongue_name=TONGUES.get(tongue, tongue),
        words=WORDS,
        answers=words_for(meeting),
        has_letterhead=bool(row and row.letterhead),
        most=MOST_MEGABYTES,
        **forms,
    )
