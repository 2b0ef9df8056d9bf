from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import CONFIRMED, Release, Session, SpeakingRole
from eventapp.agenda.releases.difference import difference
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.exact import Dataclass
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded, search_key
from eventapp.history.actions import record
from eventapp.meetings.actions import change_masthead, make_meeting
from eventapp.meetings.facts import MeetingFacts, MeetingMastheadFacts
from eventapp.meetings.models import Body, Category, Meeting, SessionKind
from eventapp.meetings.queries import meeting_at
from eventapp.outlets.chosen.models import Takeaway
from eventapp.package.export.meeting import APART, CHOSEN, filled
from eventapp.package.export.more import columns_of, own_texts
from eventapp.package.export.own.chapters import chapter_records
from eventapp.package.export.own.consents import consents_from
from eventapp.package.export.own.themes import themes_record
from eventapp.package.manifest import content
from eventapp.package.manifest import notes as noted
from eventapp.package.manifest.archive import KINDS, files_of, kinds_of
from eventapp.package.manifest.content import Package
from eventapp.package.manifest.validation import nonsense_in
from eventapp.package.restore.attached import documents_from, pages_from
from eventapp.package.restore.delegations import delegations_from
from eventapp.package.restore.entrances import entrances_from
from eventapp.package.restore.inputs import NO_ADDRESS, cards_from, inputs_from
from eventapp.package.restore.kind import called_alike, retention_from
from eventapp.package.restore.questions import questions_from
from eventapp.package.restore.reports import Revisions, rebuilt
from eventapp.package.restore.rooms import room_from
from eventapp.package.restore.summaries import summaries_from
from eventapp.people.models import Person
from eventapp.record.extras.indexing import index_note
from eventapp.record.extras.models import Delivery, Translation
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import APPROVED, Delegation, Registration
from eventapp.review.formats.evidence_json import from_json, to_dict
from eventapp.review.reports.models import Correction, Edition, Report
from eventapp.review.searched.actions import as_found, find_corrected, let_find


def bring_in(package: Package, *, contact: str, by: Person | None, at: datetime) -> Meeting:
    """Make the meeting that this package holds; nobody sees it yet but administrators, and nobody is written to.

    Refused where the meeting is here already, where the package makes no sense, and where the same package could not
    be made of it again, byte for byte.
    """
    refuse_nonsense(package)
    refuse_known(package)
    meeting = meeting_from(package.meeting, contact, by=by, at=at)
    sessions = agenda_from(package.agenda, meeting)
    revisions = notes_from(package.notes, sessions, at=at)
    summaries_from(package.summaries, sessions)
    notes = {reference: one.note for (reference, _number), one in revisions.items()}
    inputs_from(package.inputs, meeting, notes, at=at)
    cards_from(package.cards, meeting, sessions, notes, at=at)
    delegations = delegations_from(package.delegations, meeting)
    entrances_from(package.meeting, meeting, sessions, delegations)
    participants_from(package.participants, meeting, delegations, at=at)
    questions_from(package, meeting, at=at)
    documents_from(package, meeting, sessions)
    pages_from(package, meeting, at=at)
    reports_from(package, meeting, revisions)
    counts = asdict(package.counts)
    record("imported package", meeting, by=by, at=at, level=package.level, **counts)
    refuse_other(package, meeting)
    return meeting


def refuse_nonsense(package: Package) -> None:
    """Say the first thing in the package that cannot be."""
    for fault in nonsense_in(package):
        raise Refused(_("The package makes no sense at %(fault)s", fault=fault))


def refuse_known(package: Package) -> None:
    """A package makes a meeting and changes none. A calendar event is the same for ever: no two meetings have it."""
    slug = package.meeting.slug
    if meeting_at(slug):
        raise Refused(
            _("There is a meeting at “%(slug)s” already: a package makes a meeting, it changes none.", slug=slug)
        )
    sessions = {one.uid: one.code for one in package.agenda.sessions}
    known = db.session.scalar(select(Session.uid).where(Session.uid.in_(sessions)).limit(1))
    if known:
        code = sessions[known]
        raise Refused(_("Session %(code)s of this package is here already, in another meeting.", code=code))


def refuse_other(package: Package, meeting: Meeting) -> None:
    """What was read in must come out again as it came; files that its version had not are not looked at."""
    db.session.flush()
    db.session.expire_all()
    came, goes = files_of(package), files_of(called_alike(filled(meeting, package.level).package, package))
    for name in sorted((came.keys() | goes.keys()) - (KINDS.keys() - kinds_of(package.version).keys())):
        if came.get(name) != goes.get(name):
            text = _(
                "Not imported: %(name)s would not be exported again as it was. It was not made by an export.", name=name
            )
            raise Refused(text)


def values(one: Dataclass, but: Sequence[str] = ()) -> Record:
    """The members of a record as columns: lists for tuples."""
    found = {each.name: getattr(one, each.name) for each in fields(one) if each.name not in but}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def meeting_from(one: content.Meeting, contact: str, *, by: Person | None, at: datetime) -> Meeting:
    head = {each.name: getattr(one, each.name) for each in fields(MeetingMastheadFacts)}
    facts = MeetingFacts(
        **values(one, but=["slug", "texts", "session_rights", *CHOSEN, *APART, *head]),
        contact_email=contact,
    )
    meeting = make_meeting(one.slug, facts, by=by, at=at)
    change_masthead(meeting, MeetingMastheadFacts(**{**head, "organs": list(one.organs)}), by=by, at=at)
    meeting.texts, meeting.themes, meeting.chapters = one.texts, themes_record(one), chapter_records(one)
    retention_from(one, meeting, by=by, at=at)
    meeting.session_rights = one.session_rights
    for name in CHOSEN:
        setattr(meeting, name, getattr(one, name))
    meeting.bodies = [Body(**values(body)) for body in one.bodies]
    meeting.rooms = [room_from(room, at) for room in one.rooms]
    meeting.kinds = [SessionKind(**asdict(kind)) for kind in one.kinds]
    meeting.categories = [Category(**asdict(category)) for category in one.categories]
    db.session.flush()
    consents_from(one, meeting, by=by, at=at)
    return meeting


def agenda_from(agenda: content.Agenda, meeting: Meeting) -> dict[str, Session]:
    """The sessions by code, and the releases."""
    rooms, bodies = {one.code: one for one in meeting.rooms}, {one.name: one for one in meeting.bodies}
    sessions = {
        one.code: Session(
            **values(one, but=["body", "room", "cancelled", "roles", "texts", "more"]),
            **(columns_of(one.more) if one.more else {}),
            texts=own_texts(one.texts),
            meeting=meeting,
            body=bodies.get(one.body),
            room=rooms.get(one.room or ""),
            cancelled_at=one.changed_at if one.cancelled else None,
            roles=[
                SpeakingRole(**asdict(role), position=place, state=CONFIRMED) for place, role in enumerate(one.roles)
            ],
        )
        for one in agenda.sessions
    }
    db.session.add_all(sessions.values())
    before = None
    for one in (*agenda.earlier, agenda.release):
        if one is not None:
            what = one.changes or difference(before, one.content)
            db.session.add(Release(meeting=meeting, difference=what, **values(one, but=["changes"])))
            before = one.content
    db.session.flush()
    return sessions


def notes_from(notes: Iterable[noted.Note], sessions: dict[str, Session], *, at: datetime) -> Revisions:
    """The notes with their revisions, kept so that they are found."""
    rows = []
    for one in notes:
        revisions = [
            Revision(**values(each, but=["figures"]), figures=[asdict(figure) for figure in each.figures])
            for each in one.revisions
        ]
        rows.append(
            Note(
                **values(one, but=["session", "revisions", "translations", "deliveries", "is_takeaway"]),
                session=sessions[one.session],
                revisions=revisions,
            )
        )
        db.session.add_all(Translation(**values(each), note=rows[-1], number=1) for each in one.translations)
        db.session.add_all(Delivery(note=rows[-1], **asdict(each)) for each in one.deliveries)
        if one.is_takeaway:
            db.session.add(Takeaway(note=rows[-1], at=at))
    db.session.add_all(rows)
    db.session.flush()
    for note in rows:
        index_note(note)
    return {(note.reference, one.number): one for note in rows for one in note.revisions}


def participants_from(
    people: Iterable[content.Participant], meeting: Meeting, delegations: dict[str, Delegation], *, at: datetime
) -> None:
    """The list of participants. They have no address here: nobody can sign in as them or write to them."""
    categories = {one.code: one for one in meeting.categories}
    for number, one in enumerate(people, start=1):
        name = folded(one.delegation)
        sender = delegations.setdefault(
            name,
            Delegation(
                meeting=meeting, name=one.delegation, folded_name=name, country=one.country, is_state=one.is_state
            ),
        )
        address = f"participant-{number}.meeting-{meeting.id}@{NO_ADDRESS}"
        db.session.add(
            Registration(
                **values(one, but=["category", "delegation", "is_state", "answers"]),
                meeting=meeting,
                person=Person(name=one.record_name, email=address, known_since=at),
                number=number,
                category=categories[one.category],
                delegation=sender,
                given_name="",
                family_name=one.record_name[:100],
                badge_name=one.record_name,
                languages=[],
                lists_name=True,
                shares_email=False,
                may_be_photographed=False,
                search_text=search_key(one.record_name, one.delegation, one.organization),
                state=APPROVED,
                asked_at=at,
                confirmed_at=at,
                approved_at=at,
                state_at=at,
            )
        )


def reports_from(package: Package, meeting: Meeting, revisions: Revisions) -> None:
    """Each report with its editions, and the newest of them as chapters and paragraphs to go on with."""
    bodies, made, corrigenda = {one.code: one for one in meeting.bodies}, {}, []
    for one in package.reports:
        newest = one.editions[-1]
        text = from_json(package.papers[newest.file])
        report = Report(
            **values(one, but=["body", "editions", "corrections"]),
            meeting=meeting,
            body=bodies.get(one.body),
            published_at=newest.published_at,
            language=text.language,
        )
        db.session.add(report)
        for edition in one.editions:
            content_of = to_dict(from_json(package.papers[edition.file]))
            db.session.add(Edition(report=report, content=content_of, **values(edition, but=["file"])))
        db.session.flush()
        let_find(report, as_found(text.paragraphs))
        made[report.name] = report
        corrigenda.append((report.corrects, text))
        db.session.add_all(Correction(report_id=report.id, **asdict(entry)) for entry in one.corrections)
        report.chapters = list(rebuilt(report, text, revisions, at=newest.published_at))
    for name, text in corrigenda:
        if name in made:
            find_corrected(made[name], text.corrects, text.corrections)
