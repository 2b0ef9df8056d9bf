"""The schedule of the published agenda as JSON, with the names that frab and pretalx give to its parts."""

from eventapp.agenda.exports.schedule import SLOT, Event, days_of, rooms_of, span_of
from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published
from eventapp.agenda.sessions.sub_items import rows_of


def schedule_json(agenda: Published, release: Release, base_url: str) -> dict[str, object]:
    """The sessions that take place, by day and room. A session without a room is in one without a name."""
    page, days = f"{base_url}/meetings/{agenda.slug}/agenda", days_of(agenda)
    tracks = dict.fromkeys(one.track for one in agenda.sessions)
    conference = {
        "acronym": agenda.slug,
        "title": agenda.title,
        "start": agenda.starts_on.isoformat(),
        "end": agenda.ends_on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "time_zone_name": agenda.zone,
        "url": page,
        "rooms": [{"name": room.name, "description": room.where, "capacity": room.seats} for room in agenda.rooms],
        "tracks": [{"name": track} for track in tracks if track],
        "days": [
            {
                "index": number,
                "date": day.isoformat(),
                "day_start": span_of(agenda, sessions)[0],
                "day_end": span_of(agenda, sessions)[1],
                "rooms": {
                    room: [event_part(one) for one in events]
                    for room, events in rooms_of(agenda, sessions, base_url).items()
                },
            }
            for number, (day, sessions) in enumerate(days.items(), start=1)
        ],
    }
    return {
        "generator": {"name": "eventapp"},
        "schedule": {"version": str(release.number), "base_url": page, "conference": conference},
    }


def event_part(one: Event) -> dict[str, object]:
    """One session."""
    session = one.session
    return {
        "id": one.id,
        "guid": one.guid,
        "date": one.starts_at.isoformat(),
        "start": f"{one.starts_at:%H:%M}",
        "duration": one.length,
        "room": one.room,
        "slug": one.slug,
        "url": one.url,
        "title": session.title,
        "subtitle": session.more.subtitle,
        "track": one.track,
        "type": session.kind_word,
        "language": session.more.language,
        "abstract": session.summary,
        "description": session.more.description,
        "recording_license": session.more.licence,
        "do_not_record": one.no_recording,
        "persons": [
            {"id": person.id, "name": person.name, "public_name": person.name}
            | ({"guid": person.guid} if person.guid else {})
            for person in one.people
        ],
        "links": [{"url": address, "title": words} for address, words in session.more.leads_to],
        "tags": list(session.more.tags),
        "attachments": [],
        "sub_items": rows_of(session.more.sub_items),  # ours: others have no name for them
    }
