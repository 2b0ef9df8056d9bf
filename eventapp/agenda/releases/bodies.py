"""The bodies that sessions report to, which a release keeps beside them: their names follow, the assignment stays."""

from eventapp.agenda.models import Session
from eventapp.agenda.releases.texts import texts_if_any
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Body


def bodies_content(sessions: list[Session]) -> Record:
    """The bodies that sessions report to, each with the codes of its sessions; nothing where there are none."""
    bodies = {one.body.code: one.body for one in sessions if one.body}
    codes = {code: [one.code for one in sessions if one.body and one.body.code == code] for code in bodies}
    found = [{**body_content(bodies[code]), "sessions": codes[code]} for code in sorted(bodies)]
    return {"bodies": found} if found else {}


def body_content(body: Body) -> Record:
    return {"code": body.code, "name": body.name, **texts_if_any(body.texts)}


def in_body(session: Record, body: Record | None) -> Record:
    """The session with what its body is called, which the release may keep beside it."""
    if body is None:
        return session
    texts = {tongue: {**words} for tongue, words in session.get("texts", {}).items()}
    for words in texts.values():
        words.pop("body", None)
    for tongue, own in body.get("texts", {}).items():
        texts.setdefault(tongue, {})["body"] = own["name"]
    return {**session, "body": body["name"], "texts": texts}
