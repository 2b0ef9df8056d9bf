"""The balance of a meeting for its organizers, in full, and whether anyone may read it."""

import re
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.balance.actions import close_balance, nominate, open_to_the_world, take_all_off, take_off
from eventapp.balance.charts import requests_by_day, women
from eventapp.balance.counting.breakdowns import BREAKDOWNS
from eventapp.balance.counting.stages import HEARD, STAGES, everybody
from eventapp.balance.forms import ListForm, NomineeForm
from eventapp.balance.nominated import COLUMNS, HEADS, Fault, read_sheet
from eventapp.balance.queries import (
    Behind,
    count_nominees,
    found_behind,
    nominee_at,
    nominee_lines,
    page_of_nominees,
)
from eventapp.checkin.queries import count_of
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of, goes_on
from eventapp.meetings.retention.sorts import NOMINEES
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.lists.sheets import csv_of
from eventapp.registration.uploads.reading import MEGABYTE
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

MOST_BYTES = 2 * MEGABYTE  # of a list of nominees
LISTED = tuple(name for name in BREAKDOWNS if name != "gender")

bp = Blueprint("balance_manage", __name__, url_prefix="/meetings/<slug>/manage/balance")


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Every breakdown, the charts, and what is open to anyone."""
    return page(meeting)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Open it to anyone, or close it."""
    act = request.form.get("act")
    if act not in ("open", "close"):
        return page(meeting), 422
    if act == "open":
        open_to_the_world(meeting, by=current_person(), clock=now)
    else:
        with transaction():
            close_balance(meeting, by=current_person(), at=now())
    return redirect(url_for(".show", slug=meeting.slug, _anchor="world"), 303)


@bp.get("/people")
@with_meeting(may=run_meeting)
def people(meeting: Meeting) -> ResponseReturnValue:
    """Who is behind one number: ?stage= of ?by= and ?group=. Nobody is listed by gender: that stays a count."""
    stage = request.args.get("stage", "nominated")
    name, group = request.args.get("by", ""), request.args.get("group", "")
    if stage not in STAGES or (name and (name not in LISTED or group not in BREAKDOWNS[name].labels)):
        abort(404)
    pages = request.args.get("page"), request.args.get("nominees")
    found = found_behind(meeting, Behind(stage, name, group), *pages, at=now())
    return render_template(
        "balance/people.html",
        meeting=meeting,
        stage=STAGES[stage],
        group=BREAKDOWNS[name].label_of(group) if name else _("All"),
        listing=found.people,
        many=found.people.count + found.only_listed,
        nominees=found.nominees,
        address={"stage": stage, "by": name, "group": group},
    )


@bp.get("/nominees")
@with_meeting(may=run_meeting)
def nominees(meeting: Meeting) -> ResponseReturnValue:
    """Who was put forward for this meeting, page by page, and the ways to say so."""
    return nominees_page(meeting, NomineeForm(), ListForm())


@bp.post("/nominees")
@with_meeting(may=run_meeting)
def add_nominee(meeting: Meeting) -> ResponseReturnValue:
    """Put one person on the list."""
    form = NomineeForm(request.form)
    if not form.validate():
        return nominees_page(meeting, form, ListForm()), 422
    added = attempt(form, lambda: nominate(meeting, [form.nomination()], by=current_person(), at=now()))
    if added is None:
        return nominees_page(meeting, form, ListForm()), 409
    return to_list(meeting, added)


@bp.post("/nominees/list")
@with_meeting(may=run_meeting)
def add_list(meeting: Meeting) -> ResponseReturnValue:
    """Put everybody of a file on the list, or nobody: each line that cannot be taken is told with what to do."""
    form, content = ListForm(request.form), received()
    if not content or len(content) > MOST_BYTES:
        too_large = _("Choose a file of %(most)s MB or less.", most=MOST_BYTES // MEGABYTE)
        form.file.errors = [too_large if content else _("Choose a file.")]
        return nominees_page(meeting, NomineeForm(), form), 422
    sheet = read_sheet(content)
    if sheet.faults:
        form.file.errors = [_("Nobody was added. Put the lines below right in the file, then choose it again.")]
        return nominees_page(meeting, NomineeForm(), form, sheet.faults), 422
    added = attempt(
        form, lambda: nominate(meeting, sheet.nominations, by=current_person(), at=now(), instead=form.instead.data)
    )
    if added is None:
        return nominees_page(meeting, NomineeForm(), form), 409
    return to_list(meeting, added)


def to_list(meeting: Meeting, added: int) -> ResponseReturnValue:
    flash(ngettext("%(num)s person was put on the list.", "%(num)s people were put on the list.", added), "ok")
    return redirect(url_for(".nominees", slug=meeting.slug, _anchor="list"), 303)


def received() -> bytes:
    """The file that was sent, no longer than may be; empty where none was."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return b""
    with sent.stream as stream:
        return stream.read(MOST_BYTES + 1)


@bp.get("/nominees/nominees.csv")
@with_meeting(may=run_meeting)
def nominees_csv(meeting: Meeting) -> ResponseReturnValue:
    """The list for a spreadsheet, as it can be read again; without gender, which is only counted."""
    head = [str(HEADS[one]) for one in COLUMNS if one != "gender"]
    return download(f"{meeting.slug}-nominees.csv", "text/csv", csv_of(head, nominee_lines(meeting)))


@bp.post("/nominees/removal")
@with_meeting(may=run_meeting)
def remove_nominees(meeting: Meeting) -> ResponseReturnValue:
    """Remove one of them for good, or with `all` everybody."""
    number = request.form.get("nominee", "")
    one = nominee_at(meeting, int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else None
    with transaction():
        if "all" in request.form:
            take_all_off(meeting, by=current_person(), at=now())
        elif one is not None:
            take_off(one, by=current_person(), at=now())
    return redirect(url_for(".nominees", slug=meeting.slug, page=request.args.get("page"), _anchor="list"), 303)


def nominees_page(meeting: Meeting, form: NomineeForm, sheet: ListForm, faults: Sequence[Fault] = ()) -> str:
    return render_template(
        "balance/nominees.html",
        meeting=meeting,
        form=form,
        sheet=sheet,
        faults=faults,
        listing=page_of_nominees(meeting, request.args.get("page")),
        gone_after=goes_on(meeting, NOMINEES) - timedelta(days=1),
        kept_days=days_of(meeting, NOMINEES),
        kinds=STAKEHOLDER_TYPES,
        country=country,
    )


def page(meeting: Meeting) -> str:
    at = now()
    found, count = everybody(meeting, at=at), count_of(meeting)
    return render_template(
        "balance/manage.html",
        meeting=meeting,
        balances=[(name, breakdown.label, found.by(name)) for name, breakdown in BREAKDOWNS.items()],
        women=women(found.by("gender")),
        chart=requests_by_day(meeting, at=at),
        count=count,
        nominees=count_nominees(meeting),
        stages=STAGES,
        heard=HEARD,
        untold=[words for stage, words in STAGES.items() if count and stage not in count.content["totals"]],
        listed=LISTED,
        gender_count=found.gender_count,
    )
