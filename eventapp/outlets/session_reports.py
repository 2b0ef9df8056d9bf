"""Session reports in the form of the Internet Governance Forum (2015 to 2018), one for each session, or all as one.

They hold the summary that was approved, the cleared notes and who came, as it was published with the summary: groups
of five and more, counted once. Nothing names more than the policy, a note's ceiling and the session's rule allow.
"""

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.ground.text.dates import offset, zone_words
from eventapp.meetings.models import Meeting
from eventapp.outlets.groups import cleared, unnamed_at
from eventapp.outlets.papers import Kind, Paper, plain_of, report_of, said_of
from eventapp.outlets.shown import ENGLISH, Shown, shown_of
from eventapp.record.confirmations.people import LEADERS
from eventapp.record.notes.content import allowed_ceilings
from eventapp.record.notes.models import Note
from eventapp.record.summaries.attendance import Came
from eventapp.record.summaries.content import Summary
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.language.attribution import CATEGORY, NOBODY, ORGANIZATION, PERSON, affiliation_of
from eventapp.review.language.capitals import names_known, names_to_look_up
from eventapp.review.language.names import Names
from eventapp.review.language.points import unmarked
from eventapp.review.language.sentences import NO_NAMES
from eventapp.review.language.wording import day_of, listed
from eventapp.review.reports.queries import sessions_held, stubs_held
from eventapp.vocabulary.notes import lowest_ceiling

SESSION_REPORTS = Kind("session-reports", "Session reports", "Internet Governance Forum, form of session reports")
RAPPORTEUR = "rapporteur"
ONE = "{code}: {part}"


@dataclass(frozen=True)
class Part:
    """One heading of the form, and what stands under it."""

    heading: str
    rows: tuple[Unnumbered, ...]


@dataclass(frozen=True)
class SessionReport:
    """The form of one session: its parts in order, what is missing, and what names too much to be in it."""

    session: Session
    parts: tuple[Part, ...]
    withheld: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings under which nothing stands."""
        return tuple(part.heading for part in self.parts if not part.rows)


def session_reports(meeting: Meeting, *, policy: str, on: date) -> Paper:
    """Return every session's report as one paper."""
    return paper_of_all(meeting, SESSION_REPORTS, reports(meeting, policy), policy=policy, on=on)


def paper_of_session(meeting: Meeting, code: str, *, policy: str, on: date) -> Paper | None:
    """Return the report of one session as a paper; None where it has none."""
    found = next(iter(reports(meeting, policy, [code])), None)
    return paper_of_one(meeting, SESSION_REPORTS, found, policy=policy, on=on) if found else None


def paper_of_all(meeting: Meeting, kind: Kind, found: Sequence[SessionReport], *, policy: str, on: date) -> Paper:
    """Return these reports as one paper: a chapter for each, its headings as paragraphs with their parts."""
    chapters = numbered((f"Session {one.session.code}: {one.session.title}", list(_inside(one))) for one in found)
    return Paper(
        report_of(meeting, kind, chapters, policy=policy, on=on),
        tuple(ONE.format(code=one.session.code, part=heading) for one in found for heading in one.missing),
        tuple(ONE.format(code=one.session.code, part=words) for one in found for words in one.withheld),
    )


def paper_of_one(meeting: Meeting, kind: Kind, found: SessionReport, *, policy: str, on: date) -> Paper:
    """Return the report of one session as a paper, a chapter for each heading."""
    code = found.session.code
    named = replace(kind, name=f"session-{code}", title=f"Session report: {code} {found.session.title}")
    chapters = numbered((part.heading, part.rows) for part in found.parts)
    return Paper(report_of(meeting, named, chapters, policy=policy, on=on), found.missing, found.withheld)


def reports(
    meeting: Meeting,
    policy: str,
    codes: Collection[str] | None = None,
    unnamed: Names | None = None,
    known: Container[str] | None = None,
) -> list[SessionReport]:
    """Return the report of each session that took place and is not closed, in the order of the day; or of these.

    `unnamed` are whom none may name, `known` the names that keep their capital, where they were looked for already.
    """
    unnamed = unnamed_at(meeting, policy) if unnamed is None else unnamed
    find = names_known if codes is None else names_to_look_up
    names = find(meeting) if known is None else known
    here = None if codes is None else [one.id for one in stubs_held(meeting, codes)]
    notes = cleared(meeting, here)
    held = sessions_held(meeting, codes)  # last, with their roles
    shown = shown_of(meeting, held, notes, policy, here)
    return [
        _report(session, shown(session), policy, unnamed, lambda note: said_of(note, policy, unnamed, names))
        for session in held
    ]


def reports_in_list(meeting: Meeting, policy: str, codes: Collection[str]) -> list[SessionReport]:
    """Return what a list says of these reports: what each lacks, and what names too much to be in it.

    A name that keeps its capital changes neither, so everybody who registered is not read for it, nor is the evidence.
    """
    notes = cleared(meeting, [one.id for one in stubs_held(meeting, codes)])
    return listed_with(meeting, policy, codes, notes, unnamed_at(meeting, policy))


def listed_with(
    meeting: Meeting, policy: str, codes: Collection[str], notes: Sequence[Note], unnamed: Names
) -> list[SessionReport]:
    """Return the same where their notes, and whom none may name, were looked for already."""
    held = sessions_held(meeting, codes)
    shown = shown_of(meeting, held, notes, policy, [one.id for one in held])
    return [
        _report(session, shown(session), policy, unnamed, lambda note: plain_of(note, policy, unnamed, NO_NAMES))
        for session in held
    ]


def _report(
    session: Session, shown: Shown, policy: str, unnamed: Names, say: Callable[[Note], Unnumbered | None]
) -> SessionReport:
    notes, summary = shown.notes, shown.summary
    level = lowest_ceiling(policy, allowed_ceilings(session.rule)[0])
    wanted = [
        ("Key issues", summary.key_issues),
        ("Presentations", _presentations(session, summary, level, unnamed)),
        ("Discussion", summary.discussion.splitlines()),
        ("Agreement and divergence", summary.divergence.splitlines()),
        ("Way forward", summary.way_forward.splitlines()),
    ]
    names = _above(session, level)
    parts = [Part("Session", _facts(session)), *_people(session, level, shown.spoke)]
    paragraphs = {note.reference: say(note) for note in notes}
    withheld = [reference for reference, paragraph in paragraphs.items() if paragraph is None]
    for heading, lines in wanted:
        texts = [unmarked(line) for line in lines if line.strip()]
        fit = [line for line in texts if not names.found_in(line) and not unnamed.found_in(line)]
        withheld += [heading] * (len(fit) < len(texts))
        parts.append(Part(heading, tuple(Unnumbered(line) for line in fit)))
    recorded = tuple(paragraph for paragraph in paragraphs.values() if paragraph is not None)
    return SessionReport(
        session,
        (*parts, Part("Outcomes recorded", recorded), Part("Attendance", tuple(_came(shown.came)))),
        tuple(withheld),
    )


def _inside(report: SessionReport) -> Iterator[Unnumbered]:
    """Return the parts as the paragraphs of one chapter: one row behind its heading, several under it."""
    for part in report.parts:
        if part.heading == "Session":
            yield from part.rows
        elif len(part.rows) == 1:
            yield replace(part.rows[0], text=f"{part.heading}: {part.rows[0].text}")
        elif part.rows:
            yield Unnumbered(f"{part.heading}:")
            yield from (replace(row, level=1) for row in part.rows)


def _facts(session: Session) -> tuple[Unnumbered, ...]:
    """Say what, when, where and by whom it was held, in the zone of the meeting."""
    meeting = session.meeting
    start, end = session.starts_at.astimezone(meeting.tz), session.ends_at.astimezone(meeting.tz)
    room = f" in {session.room.name}" if session.room else ""
    zone = zone_words(meeting.zone, offset(session.starts_at, meeting.tz), ENGLISH)
    when = f"on {day_of(start.date())} from {start:%H:%M} to {end:%H:%M} ({zone}){room}"
    return (
        Unnumbered(f"“{session.title}” was held {when}."),
        *([Unnumbered(f"Organizer: {meeting.organization}.")] if meeting.organization else ()),
    )


def _people(session: Session, level: str, spoke: Sequence[str]) -> Iterator[Part]:
    """Name who led, wrote and took the floor, as far as the level allows; nobody where it allows no organization."""
    here = [role for role in session.roles if role.state == CONFIRMED and role.ended_at is None]
    for heading, roles in (
        ("Chair or moderator", [role for role in here if role.role in LEADERS]),
        ("Rapporteur", [role for role in here if role.role == RAPPORTEUR]),
    ):
        named = dict.fromkeys(filter(None, (_named(role, level) for role in roles)))
        yield Part(heading, tuple(Unnumbered(f"{name}.") for name in named))
    yield Part("Speakers", tuple(Unnumbered(f"{name}.") for name in spoke))


def _named(role: SpeakingRole, level: str) -> str:
    whose = affiliation_of(role)
    if level == PERSON:
        return f"{role.name}, {whose}" if whose else role.name
    return whose if level == ORGANIZATION else ""


def _presentations(session: Session, summary: Summary, level: str, unnamed: Names) -> list[str]:
    """Return a paragraph for each presentation, behind the name of who gave it where that may be told."""
    roles = {role.id: role for role in session.roles}
    paragraphs = []
    for role_id, text in summary.presentations:
        name = _named(roles[role_id], level) if role_id in roles else ""
        line = " ".join(text.split())
        paragraphs.append(f"{name}: {line}" if name and line and not unnamed.found_in(name) else line)
    return paragraphs


def _above(session: Session, level: str) -> Names:
    """Return the names that the summary may not say at this level: of people, and of whom they spoke for."""
    people = [name for role in session.roles for name in (role.name, role.name_own) if name] if level != PERSON else []
    hides = level in (CATEGORY, NOBODY)
    return Names(people, [role.organization for role in session.roles if role.organization] if hides else [])


def _came(came: Came | None) -> Iterator[Unnumbered]:
    """Say who came as it was published with the summary; nothing where fewer than five did, or nobody counted."""
    if came is None:
        return
    yield Unnumbered(f"{came.people} people were counted at the door.")
    for heading, groups in (("By stakeholder type", came.categories), ("By gender", came.genders)):
        counted = "; ".join(f"{_together(name)}, {number}" for name, number in groups)
        if counted:
            yield Unnumbered(f"{heading}: {counted}.")


def _together(group: str) -> str:
    """Return the name of a group in a sentence, where several are counted as one: "Academia and Media together"."""
    names = group.split("; ")
    return f"{listed(names)} together" if len(names) > 1 else group
