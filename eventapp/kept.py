"""What the forms have in common that are kept while somebody types them: cards, inputs, paragraphs."""

from datetime import datetime
from typing import Any

from flask import Response, make_response

from eventapp.dates import Zone, local
from eventapp.text import figure
from eventapp.words import _

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}  # of what the line below the form reads


def kept_at(version: int | str, at: datetime, zone: Zone) -> Response:
    """Say to the page that a text is kept: when, on the clock of that zone, and the version to go on from."""
    answer = make_response("", 204)
    answer.headers["X-Saved-At"] = f"{local(at, zone):%H:%M:%S}"
    answer.headers["X-Version"] = str(version)
    return answer


def base_of(form: Any) -> int:
    """The version the text was written from; what is no number is older than everything."""
    return figure(form.base.data, -1)


def is_sound(form: Any, *, for_later: bool) -> bool:
    """Whether this form can be taken. For later it may be half filled: what is missing may still come."""
    sound = bool(form.validate())
    if for_later and not form.faults_in_draft():
        form.forgive()
        sound = True
    return sound


def tell_lost(form: Any, name: str | None) -> None:
    """Say which file to choose again, where one was sent: a browser does not keep files when a form comes back."""
    if name is not None:
        form.file.description = _("Choose %(name)s again: browsers do not keep files.", name=name)
