"""The list of registrations as organizers read it, and the panel with one of them."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.worded import worded
from eventapp.history.queries import entries_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.registration.accompanying.queries import coming_with, who_brought
from eventapp.registration.answers.queries import answers_in_words, sealed_answers
from eventapp.registration.application import describe
from eventapp.registration.decisions.actions import can_undo
from eventapp.registration.decisions.forms import ReasonForm
from eventapp.registration.decisions.many import from_spans
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.decisions.queries import newest_decision, newest_decisions
from eventapp.registration.decisions.tasks.progress import what_stands
from eventapp.registration.lists.answer_columns import Beside, answers_in, columns_in
from eventapp.registration.lists.by_answers import answer_filters
from eventapp.registration.lists.listing import (
    VIEWS,
    Look,
    listed,
    of_same_delegation,
    read_look,
    sessions_with,
    view_counts,
)
from eventapp.registration.lists.sheets import cell
from eventapp.registration.models import DECLINED, LETTER, PENDING, PHOTO, WAITING, Registration
from eventapp.registration.offers.queries import offer_to
from eventapp.registration.photographs.queries import check_of
from eventapp.registration.queries import (
    delegation_letter,
    newest_upload,
    open_amendment,
    places_left,
    registration_by_number,
    waiting_position,
)
from eventapp.registration.saved.queries import saved_views
from eventapp.registration.tags.forms import NoteForm
from eventapp.registration.tags.queries import notes_on, tags_of, tags_on
from eventapp.registration.uploads.reading import served
from eventapp.registration.uploads.retention import has_private, is_to_come
from eventapp.vocabulary.countries import SUBREGIONS

bp = Blueprint("registration_manage", __name__, url_prefix="/meetings/<slug>/manage/registrations")

MOST_AT_ONCE = 500


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return page_of(meeting, read_look(request.args), request.args.get("open", ""))


@bp.get("/<reference>/<any(letter, photo):kind>")
@with_meeting(may=run_meeting)
def upload(meeting: Meeting, reference: str, kind: str) -> ResponseReturnValue:
    registration = of_number(meeting, reference)
    found = newest_upload(registration, kind)
    if found is None:
        abort(404)
    return served(found, registration)


def page_of(
    meeting: Meeting, look: Look, reference: str, form: ReasonForm | None = None, *, noting: NoteForm | None = None
) -> str:
    opened = registration_by_number(meeting, reference) if reference else None
    listing, columns = listed(meeting, look), columns_in(meeting, look.columns)
    return render_template(
        "registration/index.html",
        meeting=meeting,
        look=look,
        views=VIEWS,
        counts=view_counts(meeting),
        listing=listing,
        left=places_left(meeting),
        subregions=SUBREGIONS,
        done=newest_decisions(meeting, from_spans(request.args.get("done", ""), most=MOST_AT_ONCE)),
        tasks=what_stands(meeting, at=now()),
        form=form or ReasonForm(None, key=secret()),
        opened=opened,
        columns=columns,
        beside=Beside({}, answers_in(meeting, columns, {row.registration.id for row in listing.rows})),
        cell=cell,
        saved=saved_views(meeting),
        tags=tags_of(meeting),
        answer_filters=answer_filters(meeting, look.answer),
        tags_on=tags_on({row.registration.id for row in listing.rows} | ({opened.id} if opened else set())),
        noting=noting or NoteForm(),
        **(panel(opened) if opened else {}),
    )


def panel(registration: Registration) -> dict[str, object]:
    """What the panel says about one registration."""
    amendment, photo = open_amendment(registration), newest_upload(registration, PHOTO)
    categories = {one.code: worded(one, "name") for one in registration.meeting.categories}
    return {
        "amendment": amendment,
        "changes": describe(amendment.changes, categories) if amendment else [],
        "letter": newest_upload(registration, LETTER),
        "photo": photo,
        "photo_check": check_of(photo),
        "same_delegation": of_same_delegation(registration),
        "against": obstacles(registration) if registration.state in (PENDING, WAITING, DECLINED) else [],
        "covering": delegation_letter(registration.delegation),
        "sessions": sessions_with(registration),
        "position": waiting_position(registration),
        "offer": offer_to(registration) if registration.state == WAITING else None,
        "own_answers": answers_in_words(registration),
        "sealed": bool(sealed_answers(registration)),
        "history": list(reversed(entries_of(registration))),
        "to_undo": newest_decision(registration) if can_undo(registration) else None,
        "can_forget": has_private(registration) and not is_to_come(registration, now()),
        "state": registration.state_now(now()),
        "notes": notes_on(registration),
        "brought": coming_with(registration),
        "bringer": who_brought(registration),
    }


def of_number(meeting: Meeting, reference: str) -> Registration:
    """The registration of this number; 404 where this meeting has none."""
    registration = registration_by_number(meeting, reference)
    if registration is None or registration.reference != reference:
        abort(404)
    return registration


def me() -> Person:
    person = current_person()
    if person is None:  # the gate has let somebody in
        abort(404)
    return person
