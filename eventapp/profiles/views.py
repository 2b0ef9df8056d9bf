"""The public page of somebody with a part, its picture and calendar; and the same as that person edits it."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.exports.views import part_of_calendar
from eventapp.agenda.models import ROLE_LINK, SpeakingRole
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.content import Published
from eventapp.agenda.views import agenda_in, words
from eventapp.documents.queries import documents_of_sessions
from eventapp.documents.shown import shown
from eventapp.ground.clock import now
from eventapp.ground.db import lock, transaction
from eventapp.ground.text.i18n import _, language
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.links.access import with_link
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.profiles.actions import publish, take_down
from eventapp.profiles.forms import ProfileForm, form_of
from eventapp.profiles.models import Profile
from eventapp.profiles.queries import (
    Part,
    ReleasedPart,
    may_publish,
    pages_by_part,
    photo_of,
    profile_at,
    profile_of,
    released_parts,
)
from eventapp.registration.entry import OWN
from eventapp.registration.models import PHOTO, Registration
from eventapp.registration.queries import newest_upload, registration_of

bp = Blueprint("profiles", __name__)
bp.context_processor(words)


@bp.app_template_global("public_pages")
def public_pages(meeting: Meeting, session: str = "") -> Mapping[Part, str]:
    """The addresses of public pages by part, for pages of the agenda that name people."""
    return pages_by_part(meeting, session)


@bp.app_template_global("own_profile")
def own_profile(person: Person | None, meeting: Meeting) -> tuple[bool, Profile | None]:
    """Whether this person may publish a page, and the one they have."""
    return (may_publish(person, meeting), profile_of(person, meeting)) if person else (False, None)


@bp.get("/meetings/<slug>/people/<code>")
@with_meeting(may=see_meeting)
def show(meeting: Meeting, code: str) -> ResponseReturnValue:
    """What somebody says of themselves, and what they do at the meeting as it was released. No address is on it."""
    profile, agenda, found = public_page(meeting, code)
    documents = documents_of_sessions(meeting, [one.session.code for one in found])
    biography, tongue = profile.biography_for(language())
    return render_template(
        "profiles/show.html",
        meeting=meeting,
        profile=profile,
        agenda=agenda,
        parts=found,
        called=found[0].roles[0],
        photo=photo_of(profile),
        biography=[one for one in biography.splitlines() if one.strip()],
        tongue=tongue,
        documents=shown(meeting, documents, current_person()),
    )


@bp.get("/meetings/<slug>/people/<code>/photograph")
@with_meeting(may=see_meeting)
def picture(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The photograph, while the person shows it. Nobody on the way keeps it."""
    profile, _agenda, _found = public_page(meeting, code)
    photo = photo_of(profile) or abort(404)
    return download(f"{code}.jpg", photo.content_type, photo.content, inline=True, foreign=True)


@bp.get("/meetings/<slug>/people/<code>.ics")
@with_meeting(may=see_meeting)
def calendar(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The sessions of this person as a calendar to subscribe to, while they have a public page."""
    release = newest_release(meeting) or abort(404)
    _profile, _agenda, found = public_page(meeting, code)
    agenda, mine = agenda_in(meeting, release), {one.session.code for one in found}
    sessions = [one for one in agenda.all_sessions if one.code in mine]
    return part_of_calendar(meeting, release, agenda, sessions, found[0].roles[0].name)


def public_page(meeting: Meeting, code: str) -> tuple[Profile, Published, list[ReleasedPart]]:
    """The page at this address, and the sessions of the newest release with that person; 404 where there is none."""
    release, profile = newest_release(meeting) or abort(404), profile_at(meeting, code) or abort(404)
    agenda = agenda_of(meeting, release)
    return profile, agenda, released_parts(profile, agenda) or abort(404)


def is_shown(meeting: Meeting, profile: Profile | None) -> bool:
    """Whether there is a page to look at: a released session names the person."""
    release = newest_release(meeting) if profile else None
    return bool(profile and release and released_parts(profile, agenda_of(meeting, release)))


@bp.get("/registrations/<token>/public-page")
@with_link(OWN)
def own(registration: Registration, token: str) -> ResponseReturnValue:
    """My public page, to be published, changed and taken down."""
    return page_of(registration.person, registration.meeting, {"token": token})


@bp.post("/registrations/<token>/public-page")
@with_link(OWN)
def save(registration: Registration, token: str) -> ResponseReturnValue:
    return saved(registration.person, registration.meeting, {"token": token})


@bp.post("/registrations/<token>/public-page/end")
@with_link(OWN)
def end(registration: Registration, token: str) -> ResponseReturnValue:
    """Take my page down."""
    return ended(registration.person, registration.meeting, url_for("mine.show", token=token))


@bp.get("/roles/<token>/public-page")
@with_link(ROLE_LINK)
def of_part(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """The same by the link of a part: who speaks need not be registered."""
    return page_of(holder(asked), asked.session.meeting, {"token": token, "part": True})


@bp.post("/roles/<token>/public-page")
@with_link(ROLE_LINK)
def save_of_part(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    return saved(holder(asked), asked.session.meeting, {"token": token, "part": True})


@bp.post("/roles/<token>/public-page/end")
@with_link(ROLE_LINK)
def end_of_part(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """Take my page down."""
    return ended(holder(asked), asked.session.meeting, url_for("agenda.role", token=token))


def holder(asked: SpeakingRole) -> Person:
    """Whose part it is; 404 where nobody is known by an address."""
    return asked.person or abort(404)


def page_of(person: Person, meeting: Meeting, link: Mapping[str, object], form: ProfileForm | None = None) -> str:
    profile, registration = profile_of(person, meeting), registration_of(person.id, meeting.id)
    if profile is None and not may_publish(person, meeting):
        abort(404)
    photo = newest_upload(registration, PHOTO) if registration else None
    return render_template(
        "profiles/own.html",
        meeting=meeting,
        profile=profile,
        form=form or form_of(meeting, profile),
        has_photo=bool(photo and photo.has_content),
        is_shown=is_shown(meeting, profile),
        **link,
    )


def saved(person: Person, meeting: Meeting, link: Mapping[str, object]) -> ResponseReturnValue:
    profile = profile_of(person, meeting)
    if profile is None and not may_publish(person, meeting):
        abort(404)
    form = form_of(meeting, profile, request.form)
    if not form.validate():
        return page_of(person, meeting, link, form), 422
    attempt(form, lambda: save_page(person, meeting, form))
    if form.refused:
        show_both(form, form_of(meeting, profile_of(person, meeting)))
        return page_of(person, meeting, link, form), 409
    flash(_("Your page is public."), "ok")
    return redirect(url_for(".of_part" if "part" in link else ".own", token=link["token"]), 303)


def save_page(person: Person, meeting: Meeting, form: ProfileForm) -> None:
    lock(meeting)
    refuse_older(form, form_of(meeting, profile_of(person, meeting)))
    publish(person, meeting, form.wanted, at=now())


def ended(person: Person, meeting: Meeting, there: str) -> ResponseReturnValue:
    with transaction():
        take_down(person, meeting, at=now())
    flash(_("Your page is taken down, and what it said is deleted."), "ok")
    return redirect(there, 303)
