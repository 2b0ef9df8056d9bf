"""Registering for a meeting, and asking for a private link that was lost."""

import re

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select
from werkzeug.exceptions import TooManyRequests

from eventapp.agenda.releases.page_cache import MARK, CachedRoutes
from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.requests.shared_caches import made_of, same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.consents.queries import consents_read
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.meetings.rules import run_meeting, see_meeting
from eventapp.people.current import current_person
from eventapp.people.limits import allow, host_of
from eventapp.people.notice import current_notice
from eventapp.people.queries import person_at
from eventapp.registration.actions import send_link_again
from eventapp.registration.answers.queries import full_choices
from eventapp.registration.forms.organizations import KNOWN, abbreviation_of
from eventapp.registration.forms.registration import EmailForm, RegistrationForm
from eventapp.registration.limits import HOUR, within_limits
from eventapp.registration.models import Upload
from eventapp.registration.photographs.queries import standard_of
from eventapp.registration.queries import known_organizations, places_left, registration_of
from eventapp.registration.register import register_from
from eventapp.registration.uploads.answered import hold_answers, open_answers
from eventapp.registration.uploads.reading import received

bp = Blueprint("registration", __name__)
bp.add_app_template_global(current_notice)
bp.add_app_template_global(consents_read)
bp.add_app_template_filter(abbreviation_of, "abbreviation")
bp.add_app_template_global(standard_of)


def public_meeting(slug: str) -> Select[int, int]:
    """The meeting at this address where everybody may see it: what the page after the form is made from."""
    return select(Meeting.id, Meeting.version).where(Meeting.slug == slug, Meeting.published_at.is_not(None))


DONE = CachedRoutes(re.compile(r"/meetings/([^/]+)/registration/done"), re.compile(""), public_meeting)
FORMS_WITH_FILES = 4  # that one host may send for each registration it may send: some come back with a fault


@bp.get("/meetings/<slug>/registration/new")
@with_meeting(may=see_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """The form while it is open: first the category, then the fields of ?category=. An organizer sees it before."""
    at = now()
    if not meeting.takes_registrations(at) and not is_preview(meeting):
        return render_template("registration/closed.html", meeting=meeting, at=at)
    offered = [one.code for one in categories_of(meeting) if one.takes_registrations]
    wanted = request.args.get("category") or (offered[0] if len(offered) == 1 else "")
    if wanted in offered:
        return page_of(None, meeting, code=wanted)
    if not request.args.keys() & {"category", "next"}:
        return page_of(None, meeting, first=True)
    form = RegistrationForm(None, meeting=meeting)
    form.category.errors = [str(form.SAYS["category"])]
    return page_of(form, meeting, first=True), 422


@bp.post("/meetings/<slug>/registration")
@with_meeting(may=see_meeting, even_closed=True)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = RegistrationForm(request.form, meeting=meeting)
    if form.asks_again:
        hold(form, files_of(form))
        return page_of(form, meeting)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return page_of(form, meeting), 422
    application, key, slug = form.application(), form.key.data or secret(), meeting.slug  # read before it is written
    host, language = request.remote_addr or "", chosen_language()
    allowed = attempt(
        form, lambda: register_from(host, meeting, application, key=key, at=now(), language=language, files=uploads)
    )
    if allowed is None:
        hold(form, uploads)
        return page_of(form, meeting), 409
    return answer_for_everybody(slug, allowed)


@bp.get("/meetings/<slug>/registration/done")
@with_meeting(may=see_meeting)
@same_for_visitors
def done(meeting: Meeting) -> ResponseReturnValue:
    """The same page for everybody."""
    answer = make_response(render_template("registration/done.html", meeting=meeting))
    if meeting.is_published and current_person() is None:
        answer.headers["Cache-Control"] = "public, no-cache"
        answer.headers[MARK] = made_of(meeting.id, meeting.version)
    return answer


@bp.get("/meetings/<slug>/registration/link")
@with_meeting(may=see_meeting)
def lost(meeting: Meeting) -> ResponseReturnValue:
    return render_template("registration/lost.html", meeting=meeting, form=EmailForm())


@bp.post("/meetings/<slug>/registration/link")
@with_meeting(may=see_meeting, even_closed=True)
def send_link(meeting: Meeting) -> ResponseReturnValue:
    """The same answer for everybody; only the owner of a registered address gets a letter."""
    form = EmailForm(request.form)
    if not form.validate():
        return render_template("registration/lost.html", meeting=meeting, form=form), 422
    with transaction():
        allowed = within_limits("link", form.email.data, host=request.remote_addr or "", at=now())
        person = person_at(form.email.data)
        registration = registration_of(person.id, meeting.id) if person else None
        if allowed and registration:
            send_link_again(registration, at=now())
    return answer_for_everybody(meeting.slug, allowed)


def page_of(form: RegistrationForm | None, meeting: Meeting, *, code: str = "", first: bool = False) -> str:
    """The first question, or the page with this form, or with an empty one for the category of this code.

    It suggests organizations that everybody knows or that come. An empty form is the same for everybody but for its
    key, and is drawn once a minute.
    """
    return render_template(
        "registration/new.html",
        form=form,
        first=first,
        code=code,
        key=(form.key.data if form else "") or secret(),
        blank=lambda: RegistrationForm(None, meeting=meeting, category=code),
        minute=now().replace(second=0, microsecond=0),
        meeting=meeting,
        is_preview=is_preview(meeting),
        is_full=lambda: places_left(meeting) < 1,
        full=lambda: full_choices(meeting),
        organizations=lambda: sorted({*KNOWN, *known_organizations(meeting)}),
    )


def is_preview(meeting: Meeting) -> bool:
    """Whether the form is shown to an organizer before it opens."""
    at = now()
    is_before = not meeting.takes_registrations(at) and at < meeting.registration_ends_at
    return is_before and run_meeting(current_person(), meeting)


def checked(form: RegistrationForm) -> tuple[bool, list[Upload]]:
    """Whether this form can be sent, and its files, opened."""
    count_files()
    answers = open_answers(form.own, at=now())
    sound = form.validate()
    uploads = received(form, standard_of(form.meeting), at=now()) + answers
    return sound and not form.faults, uploads


def files_of(form: RegistrationForm) -> list[Upload]:
    """The files of a form that comes back, opened."""
    count_files()
    return received(form, standard_of(form.meeting), at=now()) + open_answers(form.own, at=now())


def count_files() -> None:
    """429 for a host that sends too many files, before any is opened: that costs most."""
    if any(sent.filename for sent in request.files.values()):
        most = FORMS_WITH_FILES * current_app.config["REGISTRATIONS_PER_HOUR"]
        with transaction():
            allowed = allow(f"files from {host_of(request.remote_addr or '')}", most=most, per=HOUR, at=now())
        if not allowed:
            raise TooManyRequests(retry_after=int(HOUR.total_seconds()))


def hold(form: RegistrationForm, uploads: list[Upload]) -> None:
    """Hold these files until the form, which comes back, is sent again: browsers do not keep them."""
    with transaction():
        hold_files(form, {one.kind: one for one in uploads if one.kind in form}, at=now())
        form.own.held.data = form.held.data
        hold_answers(form.own, uploads, at=now())
        form.held.data = form.own.held.data or form.held.data


def answer_for_everybody(slug: str, allowed: bool) -> ResponseReturnValue:  # noqa: FBT001 -- what was counted
    """The same page whoever's address it is; 429 for a host or an address that is tried too often."""
    if not allowed:
        raise TooManyRequests(retry_after=int(HOUR.total_seconds()))
    return redirect(url_for(".done", slug=slug), 303)
