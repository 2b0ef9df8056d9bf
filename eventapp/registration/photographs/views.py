"""My photograph, by my private link: seen, with what was decided about it, and replaced."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.links.access import with_link
from eventapp.registration.entry import OWN
from eventapp.registration.models import PHOTO, Registration
from eventapp.registration.own.views import around, to_nomination, to_own_page
from eventapp.registration.photographs.actions import send_photograph
from eventapp.registration.photographs.forms import PhotographForm
from eventapp.registration.photographs.queries import check_of, checks_photographs, standard_of
from eventapp.registration.queries import newest_upload
from eventapp.registration.views import bp, count_files


@bp.get("/registrations/<token>/photograph")
@with_link(OWN)
def photograph(registration: Registration, token: str) -> ResponseReturnValue:
    """The photograph that is there, and a field for another."""
    if registration.is_nominated:
        return to_nomination()
    return page_of(registration, PhotographForm())


@bp.post("/registrations/<token>/photograph")
@with_link(OWN)
def replace_photograph(registration: Registration, token: str) -> ResponseReturnValue:
    if registration.is_nominated:
        return to_nomination()
    count_files()
    form = PhotographForm(request.form)
    sent = form.photograph(registration.meeting)
    if sent is None:
        return page_of(registration, form), 422
    attempt(form, lambda: send_photograph(registration, sent, by=registration.person, at=now()))
    if form.refused:
        return page_of(registration, form), 409
    waits = _("An organizer checks it before it is on your badge.") if checks_photographs(registration.meeting) else ""
    flash(" ".join([_("Your photograph is here."), waits]).strip(), "ok")
    return to_own_page()


def page_of(registration: Registration, form: PhotographForm) -> str:
    photo = newest_upload(registration, PHOTO)
    return render_template(
        "registration/photographs/own.html",
        form=form,
        photo=photo,
        check=check_of(photo),
        standard=standard_of(registration.meeting),
        **around(registration),
    )
