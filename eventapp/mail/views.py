from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.db import db
from eventapp.ground.web.access import for_development
from eventapp.ground.web.downloads import download
from eventapp.mail.models import Enclosure, Letter
from eventapp.mail.queries import newest_letters

bp = Blueprint("mail", __name__)

SHOWN = 200
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'none'; frame-ancestors 'self'"


@bp.get("/mailbox")
@for_development
def index() -> ResponseReturnValue:
    """Every letter, for whoever develops; there is no such page elsewhere."""
    return render_template("mail/index.html", letters=newest_letters(SHOWN))


@bp.get("/mailbox/<int:number>")
@for_development
def show(number: int) -> ResponseReturnValue:
    return render_template("mail/show.html", letter=letter_with(number))


@bp.get("/mailbox/<int:number>/html")
@for_development
def page(number: int) -> ResponseReturnValue:
    """The HTML part as a page of its own, in a box from which nothing gets out."""
    letter = letter_with(number)
    html = letter.html
    for file in letter.enclosures:
        if file.content_id:
            html = html.replace(f"cid:{file.content_id}", url_for(".enclosure", number=number, file_id=file.id))
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@bp.get("/mailbox/<int:number>/files/<int:file_id>")
@for_development
def enclosure(number: int, file_id: int) -> ResponseReturnValue:
    letter_with(number)
    file = db.session.get(Enclosure, file_id)
    if file is None or file.letter_id != number:
        abort(404)
    inline = file.content_type.startswith("image/")
    answer = download(file.name, file.content_type, file.content, inline=inline)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the box of the HTML part is an origin of its own
    return answer


def letter_with(number: int) -> Letter:
    letter = db.session.get(Letter, number)
    if letter is None:
        abort(404)
    return letter
