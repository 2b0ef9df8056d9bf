"""The four fields at the counter."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.mail.mailbox import nowhere, reaches_somebody
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting
from eventapp.people.current import current_person
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.manage import bp, me
from eventapp.registration.models import Registration, Upload
from eventapp.registration.photographs.queries import standard_of
from eventapp.registration.queries import places_left
from eventapp.registration.uploads.reading import received
from eventapp.registration.walk_ins.short.actions import add_shortly
from eventapp.registration.walk_ins.short.forms import ShortForm
from eventapp.registration.walk_ins.short.queries import left_to_answer
from eventapp.vocabulary.countries import state_choices

GATE_LENGTH = 20


@bp.get("/walk-in")
@with_meeting(may=keep_door)
def walk_in(meeting: Meeting) -> ResponseReturnValue:
    """Name, State or organization, category, address; a photograph."""
    return page_of(meeting, ShortForm(None, meeting, key=secret()))


@bp.post("/walk-in")
@with_meeting(may=keep_door)
def add_walk_in_shortly(meeting: Meeting) -> ResponseReturnValue:
    """They have a place; their badge comes next."""
    form = ShortForm(request.form, meeting)
    sound = form.validate()
    photographs = received(form, standard_of(meeting), at=now())
    if not sound or form.faults:
        hold(form, photographs)
        return page_of(meeting, form), 422
    key = form.key.data or secret()
    application = form.application(form.email.data or nowhere(key))

    def act() -> tuple[str, str]:
        one = add_shortly(
            meeting,
            application,
            key=key,
            by=me(),
            at=now(),
            language=chosen_language(),
            photographs=photographs,
            despite=form.despite.data or "",
        )
        return one.reference, sentence_about(one)

    added = attempt(form, act)
    if added is None:
        hold(form, photographs)
        return page_of(meeting, form), 409
    reference, sentence = added
    flash(sentence, "ok")
    return redirect(url_for("counter.show", slug=meeting.slug, reference=reference, gate=gate() or None, fresh=1), 303)


def sentence_about(one: Registration) -> str:
    """What the steward reads: the number, and what else is to be answered and how."""
    has = _("%(name)s has a place as %(number)s.", name=one.record_name, number=one.reference)
    left = ", ".join(left_to_answer(one))
    if reaches_somebody(one.person.email):
        wanted = _("A letter asks them for: %(what)s.", what=left) if left else ""
    else:
        wanted = _("They have no address, so no letter is sent.")
        if left:
            wanted += " " + _("Still to be answered, by an organizer: %(what)s.", what=left)
    return f"{has} {wanted}".strip()


def hold(form: ShortForm, photographs: list[Upload]) -> None:
    """Hold the photograph until the form is sent again."""
    with transaction():
        hold_files(form, {one.kind: one for one in photographs}, at=now())


def gate() -> str:
    """The code of the gate that the page was opened at; "" for none."""
    return (request.form if request.method == "POST" else request.args).get("gate", "")[:GATE_LENGTH]


def page_of(meeting: Meeting, form: ShortForm) -> str:
    return render_template(
        "registration/walk_in.html",
        meeting=meeting,
        form=form,
        left=places_left(meeting),
        runs=run_meeting(current_person(), meeting),
        senders=[*(name for _code, name in state_choices()), *KNOWN],
        gate=gate(),
    )
