"""The published agenda as a PDF to print: values in, bytes out. The press sets it."""

import json
import subprocess
import sys
from pathlib import Path

from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published, PublishedRole, PublishedSession
from eventapp.ground.text.dates import clock, days, moment, weekday, zone_label
from eventapp.ground.text.i18n import _

_PRESS = Path(__file__).with_name("pdf_worker.py")
_SECONDS = 120


def programme_pdf(agenda: Published, release: Release, language: str) -> bytes:
    """The programme in the language that is spoken now, whose code this is. The same release is the same bytes."""
    job = json.dumps(_values(agenda, release, language)).encode()
    command = [sys.executable, "-I", str(_PRESS)]
    done = subprocess.run(command, input=job, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 -- our own file
    if done.returncode:
        raise RuntimeError(f"The press stopped: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def _values(agenda: Published, release: Release, language: str) -> dict[str, object]:
    released = release.released_at.astimezone(agenda.tz)
    version = _("Version %(number)s, published %(when)s", number=release.number, when=moment(released, agenda.zone))
    zone = zone_label(agenda.zone, agenda.sessions[0].starts_at) if agenda.sessions else agenda.zone
    return {
        "language": language,
        "title": agenda.title,
        "facts": [", ".join(part for part in (days(agenda.starts_on, agenda.ends_on), agenda.place) if part), version],
        "notices": [agenda.illustrative] if agenda.illustrative else [],
        "released": [released.year, released.month, released.day],
        "foot": _("All times are in %(zone)s.", zone=zone),
        "days": [
            {"name": weekday(day), "sessions": [_session(agenda, one) for one in sessions]}
            for day, sessions in agenda.days.items()
        ],
    }


def _session(agenda: Published, session: PublishedSession) -> dict[str, object]:
    place = session.room.name if session.room else ""
    item = _("Item %(number)s", number=session.agenda_item) if session.agenda_item else ""
    closed = _("Closed session") if session.rule == "closed" else ""
    return {
        "hours": f"{clock(session.starts_at, agenda.tz)}–{clock(session.ends_at, agenda.tz)}",
        "title": session.title,
        "rest": session.is_break,
        "place": place,
        "facts": [part for part in (session.kind_label, item, place, closed) if part],
        "summary": session.summary,
        "people": [_person(role) for role in session.roles],
    }


def _person(role: PublishedRole) -> str:
    named = f"{role.name} ({role.name_own})" if role.name_own and role.name_own != role.name else role.name
    return f"{role.label}: {', '.join(part for part in (named, role.position_held, role.organization) if part)}"
