"""What opens an input: a mailed secret for an invited body, a signed link for a registered participant."""

from datetime import datetime

from eventapp.db import db
from eventapp.inputs.models import Input, InputLink
from eventapp.inputs.queries import link_with
from eventapp.registration.models import Registration
from eventapp.tokens import hashes, link, read_link

PURPOSE = "written input"
PARTS = 2


def own_token(written: Input, registration: Registration) -> str:
    """The secret part of the address for the registered participant; it ends with the link to the registration."""
    return link(PURPOSE, written.id, registration.link_version)


def input_behind(token: str, *, at: datetime) -> Input | None:
    """The input that this secret opens; None for one that was altered, ended or made for something else."""
    mailed: InputLink | None = link_with(hashes(token))
    if mailed is not None:
        return mailed.input
    parts = read_link(PURPOSE, token, at=at)
    if parts is None or len(parts) != PARTS or not all(isinstance(part, int) for part in parts):
        return None
    written = db.session.get(Input, parts[0])
    registration = written.registration if written else None
    return written if registration and registration.link_version == parts[1] else None
