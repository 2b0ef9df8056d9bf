"""The published agenda as JSON, for other programs. The same release is the same document."""

from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.parts import PublishedRole
from eventapp.agenda.sessions.sub_items import InOrder


def document(agenda: Published, release: Release, base_url: str) -> dict[str, object]:
    """The whole agenda: times in UTC as ISO 8601, and in which zone the meeting is. Cancelled sessions say so."""
    page = f"{base_url}/meetings/{agenda.slug}"
    return {
        "meeting": agenda.slug,
        "title": agenda.title,
        "zone": agenda.zone,
        "place": agenda.place,
        "organization": agenda.organization,
        "illustrative": agenda.illustrative,
        "version": release.number,
        "released_at": release.released_at.isoformat(),
        "digest": release.digest,
        "url": f"{page}/agenda",
        "sessions": [session_part(session, page) for session in agenda.all_sessions],
    }


def session_part(session: PublishedSession, page: str) -> dict[str, object]:
    """One session of the document."""
    return {
        "code": session.code,
        "title": session.title,
        "kind": session.kind,
        "kind_name": session.kind_label,
        "agenda_item": session.agenda_item,
        "summary": session.summary,
        "body": session.body,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "room": {"code": session.room.code, "name": session.room.name} if session.room else None,
        "rule": session.rule,
        "interpretation": list(session.interpretation),
        "tags": list(session.more.tags),
        "cancelled": session.cancelled,
        "illustrative": session.illustrative,
        "uid": session.uid,
        "url": f"{page}/sessions/{session.code}",
        "people": [role_part(role) for role in session.roles],
        "sub_items": [sub_item_part(one) for one in session.running_order],
    }


def sub_item_part(place: InOrder) -> dict[str, object]:
    """A statement or presentation within a session: its running number, and its time where it can be told."""
    one = place.one
    return {
        "number": place.number,
        "title": one.title,
        "starts_at": place.starts_at.isoformat() if place.starts_at else None,
        "minutes": one.minutes,
        "person": one.person,
        "link": {"url": one.leads_to[0], "title": one.leads_to[1]} if one.link else None,
    }


def role_part(role: PublishedRole) -> dict[str, str]:
    return {
        "role": role.role,
        "name": role.name,
        "name_own": role.name_own,
        "language": role.name_language,
        "position": role.position_held,
        "organization": role.organization,
        "country": role.country,
    }
