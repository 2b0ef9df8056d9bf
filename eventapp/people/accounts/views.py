"""The page of the first administrator: there while nobody administers, for whoever has the link of the start."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.access import for_link_holder
from eventapp.ground.web.attempt import attempt
from eventapp.people.accounts.first import become_first, is_first_link
from eventapp.people.accounts.forms import FirstForm
from eventapp.people.sign_in.views import browser, come_in

bp = Blueprint("first", __name__)


@bp.route("/first-administrator/<link>", methods=["GET", "POST"])
@for_link_holder
def new(link: str) -> ResponseReturnValue:
    """Who runs this installation: a name and an email."""
    if not is_first_link(link):
        abort(404)
    form = FirstForm(request.form)
    if request.method != "POST":
        return page(link, FirstForm())
    if not form.validate():
        return page(link, form), 422
    made = attempt(form, lambda: become_first(link, form.name.data, form.email.data, browser=browser(), at=now()))
    return page(link, form) if made is None else come_in(*made, url_for("starting.new"))


def page(link: str, form: FirstForm) -> str:
    return render_template("people/first.html", form=form, link=link)
