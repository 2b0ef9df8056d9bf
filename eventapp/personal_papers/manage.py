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
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import files_of, is_making, mark_of
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
from eventapp.personal_papers.issued import Issued, Printing, pdf_of, where_agenda, where_checked
from eventapp.personal_papers.kinds import INVITATION, KINDS, WORDS, fits
from eventapp.personal_papers.making import AT_ONCE, PAPERS, is_many, wanted_of
from eventapp.personal_papers.queries import MOST, Chosen, counted, issued_counts, own_templates, template_of
from eventapp.personal_papers.sealed import files_for, words_for
from eventapp.registration.answers.looks import take_along
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
    """Issue them: the answer is the file. The worker issues many; and few while it is at others of this meeting, which
    may be for the same people.
    """
    form = IssueForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, form), 422
    kind, tongue, chosen = form.kind.data, form.tongue.data, form.chosen()
    agenda = where_agenda(meeting) if form.qr.data and not KINDS[kind].sign else ""
    printing = Printing(f"{KINDS[kind].label}, {meeting.short_title}", where_checked(), agenda)
    wanted = wanted_of(kind, tongue, chosen, printing)
    if is_many(number := counted(meeting, kind, chosen)) and number <= MOST:
        return ordered(meeting, PAPERS, mark_of(wanted), wanted)
    papers = attempt_apart(form, lambda: issued_now(meeting, kind, tongue, chosen))
    if papers is None:
        return page_of(meeting, form), 409
    if not papers:
        return ordered(meeting, PAPERS, mark_of(wanted), wanted)
    content = pdf_of(papers, kind, tongue, template_of(meeting, kind, tongue), printing)
    return download(f"{meeting.slug}-{kind}-{tongue}.pdf", "application/pdf", content)


def shown(row: PreparedFile) -> Shown:
    """What the pages of a file that the worker makes say of it."""
    slug, wanted = row.meeting.slug, row.details
    kind, tongue = wanted["kind"], wanted["tongue"]
    again = {
        "kind": kind,
        "tongue": tongue,
        **wanted["chosen"],
        **({"qr": "y"} if wanted["printing"]["agenda"] else {}),
    }
    return Shown(
        f"{KINDS[kind].label}, {TONGUES.get(tongue, tongue)}",
        f"{slug}-{kind}-{tongue}.pdf",
        "application/pdf",
        (url_for(".index", slug=slug), _("Back to letters and certificates")),
        "people",
        (url_for(".create", slug=slug), again),
    )


def taken_along(row: PreparedFile) -> None:
    """Write down that somebody takes the papers along, and whose sealed answers."""
    by, at, taken = current_person(), now(), row.details["taken"]
    record("took papers along", row.meeting, by=by, at=at, meeting_id=row.meeting_id, bytes=row.size, **taken["detail"])
    take_along(row.meeting, taken["codes"], taken["whose"], by=by, at=at)


file_pages(bp, PAPERS, shown, may=run_meeting, last="papers.pdf", fetched=taken_along)


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
    """Nothing where the worker is at papers of this meeting. Refused as `prepare` is."""
    contents = prepare(meeting, kind, tongue, chosen, at=now())
    with transaction():
        lock(meeting)
        if is_making(meeting, PAPERS):
            return []
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
        files=files_of(meeting, PAPERS),
        at_once=AT_ONCE,
        is_making=is_making(meeting, PAPERS),
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
