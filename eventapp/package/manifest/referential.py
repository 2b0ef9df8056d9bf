"""Whether the parts of a package fit together: each names what is there, and its reports rest on its notes."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from zoneinfo import ZoneInfo

from eventapp.agenda.availability.content import DayHours
from eventapp.agenda.releases.changes import describe
from eventapp.agenda.releases.content import digest_of
from eventapp.agenda.releases.content import read as read_release
from eventapp.agenda.releases.difference import changes, difference
from eventapp.agenda.sessions.more import more_said
from eventapp.ground.exact import UnreadableError, read
from eventapp.package.export.more import are_links
from eventapp.package.export.papers import cited_in, file_of
from eventapp.package.manifest import content
from eventapp.package.manifest.content import Package
from eventapp.package.manifest.texts import are_texts
from eventapp.review.formats.evidence_json import from_json, to_json
from eventapp.review.reports.content import Report as Text
from eventapp.vocabulary.sessions import SESSION_KINDS

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # what may stand in an address
LINK = re.compile(r"(https?://\S+)?")
COLOUR = re.compile(r"#[0-9a-f]{6}")
REPRESENTS = ("member", "associate", "state", "organization")


def loose_ends(package: Package) -> Iterator[str]:
    """What is named and not there."""
    meeting, sessions = package.meeting, {one.code for one in package.agenda.sessions}
    rooms, bodies = {one.code for one in meeting.rooms}, {one.name for one in meeting.bodies}
    release = package.agenda.release if package.level == content.PUBLIC else None
    as_released = {one["code"] for one in release.content["sessions"]} if release else set()  # with the codes of then
    for session in package.agenda.sessions:
        if session.code in as_released:
            continue
        if session.room is not None and session.room not in rooms:
            yield f"session {session.code}: room {session.room!a}"
        if session.body and session.body not in bodies:
            yield f"session {session.code}: body {session.body!a}"
    for note in package.notes:
        if note.session not in sessions:
            yield f"note {note.reference}: session {note.session!a}"
        if note.head not in {one.number for one in note.revisions}:
            yield f"note {note.reference}: revision {note.head}"
    revisions = {(note.reference, one.number) for note in package.notes for one in note.revisions}
    for one in package.evidence:
        if (one.note, one.revision) not in revisions:
            yield f"evidence of {one.report}, {one.paragraph}: note {one.note!a}, revision {one.revision}"
    codes_of_bodies = {"", *(one.code for one in meeting.bodies)}
    yield from (f"report {one.name}: body {one.body!a}" for one in package.reports if one.body not in codes_of_bodies)
    categories = {one.code for one in meeting.categories}
    yield from (
        f"participant {place}: category {one.category!a}"
        for place, one in enumerate(package.participants)
        if one.category not in categories
    )


def loose_kinds(package: Package) -> Iterator[str]:
    """The kinds that sessions name and the meeting does not have; a released session may name one of then."""
    kinds = {one.code for one in package.meeting.kinds} or set(SESSION_KINDS)
    release = package.agenda.release if package.level == content.PUBLIC else None
    as_released = {one["code"] for one in release.content["sessions"]} if release else set()
    for session in package.agenda.sessions:
        if session.kind not in kinds and session.code not in as_released:
            yield f"session {session.code}: kind {session.kind!a}"


def loose_corrections(package: Package) -> Iterator[str]:
    """What is written for a corrigendum to a version that is not there."""
    for report in package.reports:
        versions = {one.version for one in report.editions}
        for entry in report.corrections:
            if entry.version not in versions:
                yield f"report {report.name}: entry for version {entry.version}"


def impossible(package: Package) -> Iterator[str]:
    """What no row may say."""
    meeting = package.meeting
    if package.level not in content.LEVELS:
        yield f"manifest.level: {package.level!a}"
    if meeting.ends_on < meeting.starts_on or meeting.capacity < 1:
        yield "meeting: its days or its places"
    yield from (f"room {one.code}: seats" for one in meeting.rooms if one.seats < 1)
    hours = ((room, DayHours(**asdict(one))) for room in meeting.rooms for one in room.hours)
    yield from (f"room {room.code}: hours" for room, one in hours if not one.is_sound)
    yield from (f"category {one.code}: capacity" for one in meeting.categories if (one.capacity or 0) < 0)
    yield from (f"document {one.symbol!a}: address" for one in package.documents if not LINK.fullmatch(one.address))
    for one in meeting.categories:
        if one.represents not in REPRESENTS or not (COLOUR.fullmatch(one.colour) and COLOUR.fullmatch(one.ink)):
            yield f"category {one.code!a}: whom it is for, or its colours"
    yield from (f"kind {one.code!a}: colour" for one in meeting.kinds if not COLOUR.fullmatch(one.colour))
    yield from (f"session {one.code}: times" for one in package.agenda.sessions if one.ends_at <= one.starts_at)
    plans = [(one, one.more) for one in package.agenda.sessions if one.more]
    yield from (f"session {one.code}: its plans" for one, more in plans if not more.is_sound(cancelled=one.cancelled))
    named = [meeting.slug, *(one.code for one in package.agenda.sessions), *(one.name for one in package.reports)]
    yield from (f"{one!a} cannot stand in an address" for one in named if not WORD.fullmatch(one))


def faults_of_release(package: Package) -> Iterator[str]:
    """Whether each released agenda can be read, is this meeting's, and changed what it says."""
    release, earlier = package.agenda.release, package.agenda.earlier
    numbers = [one.number for one in (*earlier, release) if one is not None]
    if (earlier and release is None) or numbers != sorted(set(numbers)):
        yield "agenda.earlier: its releases are not in order"
    before = None
    for one in earlier:
        faults = list(faults_in(one, before, package.meeting, f"agenda.earlier {one.number}"))
        yield from faults
        if faults:
            return
        before = one
    if release is not None:
        yield from faults_in(release, before, package.meeting, "agenda.release")


def faults_in(
    release: content.Release, before: content.Release | None, meeting: content.Meeting, where: str
) -> Iterator[str]:
    try:
        agenda = read_release(release.content)
        listed = [read(content.Session, one, where) for one in release.content["sessions"]]
        difference(before.content if before else None, release.content)
        kinds = release.content["meeting"].get("session_kinds", ())
        named = (*kinds, *release.content.get("bodies", ()))
        parts = (release.content["meeting"], *named, *release.content["rooms"], *release.content["sessions"])
        sound = all(are_texts(part.get("texts", {})) for part in parts)
    except (KeyError, TypeError, ValueError):
        yield f"{where}: no agenda can be read from it"
        return
    if not all(are_links(one.more.links) for one in listed if one.more):
        yield f"{where}: it has links that are no addresses of the web"
    if not all(each.is_sound for one in listed if one.more for each in one.more.sub_items):
        yield f"{where}: it has statements that cannot be"
    if not sound:
        yield f"{where}: it has texts of no language"
    if digest_of(release.content) != release.digest:
        yield f"{where}: its digest is not that of its content"
    if agenda.slug != meeting.slug:
        yield f"{where}: it is of another meeting"
    if release.changes and not can_be_described(release, agenda.tz):
        yield f"{where}: its changes are not what became of its sessions"


def can_be_described(release: content.Release, zone: ZoneInfo) -> bool:
    """Whether the list of changes can be put in words, and ends at what the release says."""
    sessions = {one["code"]: one for one in release.content["sessions"]}
    try:
        rooms = dict(release.changes["rooms"])
        for change in changes(release.changes):
            describe(change, zone, rooms)
            after = {name: pair[1] for name, pair in change.fields.items() if name not in ("people", "texts")}
            session = {**more_said(sessions[change.code].get("more")), **sessions[change.code]}
            if change.title != session["title"] or any(session[name] != value for name, value in after.items()):
                return False
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return False
    return True


def faults_of_papers(package: Package) -> Iterator[str]:
    """Whether every edition is there as it was published, and the evidence is what they rest on."""
    editions = {one.file: (report, one) for report in package.reports for one in report.editions}
    yield from (f"{name}: it belongs to no report" for name in sorted(set(package.papers) - set(editions)))
    cited: list[content.Cited] = []
    for name, (report, edition) in editions.items():
        text = text_of(package.papers.get(name, b""))
        if text is None or (text.name, text.version, file_of(text.name, text.version)) != (
            report.name,
            edition.version,
            name,
        ):
            yield f"{name}: it is not version {edition.version} of {report.name}"
        elif sha256(package.papers[name]).hexdigest() != edition.sha256 or to_json(text) != package.papers[name]:
            yield f"{name}: it is not as it was published"
        else:
            cited += cited_in(report.name, text)
    if tuple(cited) != package.evidence:
        yield "evidence: it is not what the reports rest on"
    yield from (f"report {one.name}: its version" for one in package.reports if not is_in_order(one))


def text_of(paper: bytes) -> Text | None:
    try:
        return from_json(paper.decode())
    except (ValueError, UnreadableError, AttributeError, RecursionError, json.JSONDecodeError):
        return None


def is_in_order(report: content.Report) -> bool:
    """Whether its versions rise, and none is later than what was published last."""
    versions = [one.version for one in report.editions]
    return bool(versions) and versions == sorted(versions) and versions[-1] <= report.version
