"""What the chapter of the organization says of the programme: who chaired and moderated, and the agenda."""

from collections.abc import Sequence

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.review.language.attribution import affiliation_of
from eventapp.review.language.data import sentence
from eventapp.review.language.points import with_points
from eventapp.review.language.wording import listed
from eventapp.review.reports.queries import sessions_held

OPEN = "open"  # a session whose speakers may be named at all
OFFICES = ("chair", "moderator")  # of those whom the programme names


def of_the_programme(meeting: Meeting) -> dict[str, str]:
    """Return the paragraphs of the officers and of the agenda; '' where the programme says nothing of them."""
    sessions = sessions_held(meeting)
    return {"officers": officers(sessions), "agenda": agenda(sessions)}


def officers(sessions: Sequence[Session]) -> str:
    """Return who held an office in the open sessions, by office, each once, in the order of the sessions.

    The programme names them, and no note: so they stand here whatever the policy of the report is.
    """
    texts = []
    for office in OFFICES:
        held = [one for session in sessions if session.rule == OPEN for one in session.roles if one.role == office]
        names = list(dict.fromkeys(_named(one.name, affiliation_of(one)) for one in held if one.holds and one.name))
        if names:
            texts.append(sentence(office if len(names) > 1 else f"{office}_one", names=listed(names)))
    return " ".join(texts)


def agenda(sessions: Sequence[Session]) -> str:
    """Return the sessions as a numbered list, as agendas are; each says which item of the agenda it dealt with."""
    points = [
        f"{session.title} ({sentence('item', number=session.agenda_item)})" if session.agenda_item else session.title
        for session in sessions
    ]
    return with_points(sentence("agenda"), points, are_numbered=True) if len(points) > 1 else ""


def _named(name: str, whose: str) -> str:
    return f"{name} ({whose})" if whose else name
