"""Freezing: a report with its rows becomes values that never change again, and that name nobody above a ceiling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.notes.models import Revision
from eventapp.review.annexes.places import annexes_referred_to, places_of
from eventapp.review.annexes.tables import annexes
from eventapp.review.compiling.numbering import Unnumbered, numbered, references, with_places
from eventapp.review.compiling.sections import in_chapters
from eventapp.review.first_page.matters import has_matters, matters
from eventapp.review.first_page.statements import cited_in
from eventapp.review.first_page.summary import summary
from eventapp.review.language.attribution import names_above, never_named, source_of
from eventapp.review.language.data import language_now, phrases, sentence
from eventapp.review.language.names import Names
from eventapp.review.language.report_words import in_its_words
from eventapp.review.language.wording import DISTRIBUTION_NAMES, LANGUAGE_NAMES
from eventapp.review.reports import content, parts
from eventapp.review.reports.attendance import listed_people, present_by_kind
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import is_cleared, notes_for, sessions_held, silent_notes
from eventapp.review.versions.editions import moment_of, not_adopted, revision_symbol

NOTICES = phrases("notices")


@in_its_words
def draft(report: Report, chapters: Sequence[Chapter], *, by: str, at: datetime) -> content.Report:
    """Return the report as it reads at this moment, marked on each page as a draft that was not published.

    `by` is the name of who has it made; '' at the command line.
    """
    text = frozen(report, chapters, version=report.version + 1, at=at)
    marked = marked_as_draft(text, by=by, at=at)
    return replace(marked, notices=(f"{marked.draft}.", *text.notices[1:]))


def marked_as_draft(text: content.Report, *, by: str, at: datetime) -> content.Report:
    """Return the report with what stands on each page of a draft: which version it would be, of when, made by whom."""
    day, time = moment_of(at, text.meeting.zone)
    who = by or sentence("at_the_command_line")
    return replace(text, draft=sentence("not_published", version=text.version, day=day, time=time, by=who))


@in_its_words
def frozen(
    report: Report, chapters: Sequence[Chapter], *, version: int, at: datetime, adopted: bool = False
) -> content.Report:
    """Return the report as values; it is issued at this moment, on the day it is where the meeting is.

    Until it is adopted it is a draft, and says so on each page and part.
    """
    meeting = report.meeting
    notice = NOTICES["adopted" if adopted else "draft"]
    notes = notes_for(report)
    unnamed = never_named((note.current for note in [*notes, *silent_notes(meeting)]), report.policy)
    rows = {chapter.id: _paragraphs(chapter, report.policy, unnamed) for chapter in chapters}
    text, closing = written(report, in_chapters(chapters, rows))
    return content.Report(
        name=report.name,
        version=version,
        symbol=revision_symbol(report) if adopted else report.symbol,
        title=report.title,
        bodies=report.body_names,
        language=report.language,
        policy=report.policy,
        distribution=DISTRIBUTION_NAMES[meeting.distribution or "participants"],
        issued_on=at.astimezone(meeting.tz).date(),
        notices=tuple(words for words in (notice, meeting.illustrative) if words),
        meeting=facts_of(meeting),
        chapters=text,
        annexes=closing,
        masthead=masthead_of(meeting, report.body),
        draft="" if adopted else not_adopted(version, at, meeting.zone),
        summary=summary(report, text, notes),
        matters=matters(text, cited_in(report), report.addressees, report.policy),
    )


def masthead_of(meeting: Meeting, body: Body | None) -> parts.Masthead | None:
    """Return the head of the papers of a body, or of the whole meeting; None where nobody has said what it is."""
    rows: list[Body | Meeting] = [body, meeting] if body else [meeting]
    organs = next((one.organs for one in rows if one.organs), [])
    session = next((one.session_name for one in rows if one.session_name), "")
    item = next((one.agenda_item for one in rows if one.agenda_item), "")
    if not (organs or session or item):
        return None
    original = meeting.original_language or language_now()
    return parts.Masthead(
        organs=tuple(organs), session=session, item=item, original=LANGUAGE_NAMES.get(original, original)
    )


def facts_of(meeting: Meeting) -> parts.MeetingFacts:
    """Return what the head of a paper says of its meeting."""
    return parts.MeetingFacts(
        slug=meeting.slug,
        title=meeting.title,
        place=meeting.city,
        first_day=meeting.starts_on,
        last_day=meeting.ends_on,
        zone=meeting.zone,
    )


@in_its_words
def written(
    report: Report, chapters: Sequence[tuple[str, Sequence[Unnumbered]]], *, apart: bool = True
) -> tuple[tuple[content.Chapter, ...], tuple[content.Annex, ...]]:
    """Number, then read the references of the text: by then it is known where everything stands.

    The matters calling for action are chapter I, where there are any. In the editor the annexes are numbered without
    being made, where that can be told.
    """
    first = 2 if has_matters(report) else 1
    plain = numbered(chapters, apart=apart, first=first)
    texts = [one.text for _title, paragraphs in chapters for one in paragraphs]
    if not apart and not any("{" in text for text in texts):
        return plain, ()
    places = None if apart else places_of(report, annexes_referred_to(texts))
    closing = _closing(report, plain) if places is None else places
    return with_places(plain, references(plain, closing)), closing


def _closing(report: Report, chapters: tuple[content.Chapter, ...]) -> tuple[content.Annex, ...]:
    meeting, notes = report.meeting, notes_for(report)  # before the sessions: it reads these without their rooms
    return annexes(
        report,
        sessions=sessions_held(meeting),
        people=listed_people(meeting),
        present=present_by_kind(meeting),
        chapters=chapters,
        notes=notes,
        cited=cited_in(report),
    )


def _sentences(paragraph: Paragraph) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sentences with the notes of each that are printed."""
    known = {one.note_id: one.note.reference for one in paragraph.evidence if is_cleared(one.note)}
    return tuple(
        (one["text"], tuple(known[note] for note in one["notes"] if note in known))
        for one in paragraph.sentences
        if one["text"]
    )


def _paragraphs(chapter: Chapter, policy: str, unnamed: Names) -> list[Unnumbered]:
    cited = [one for paragraph in present_paragraphs(chapter) for one in paragraph.evidence if is_cleared(one.note)]
    beside = translations_by_note(one.note for one in cited)
    return [
        Unnumbered(
            paragraph.text,
            tuple(
                evidence(one.revision, policy, unnamed, beside.get(one.note_id, ()))
                for one in paragraph.evidence
                if is_cleared(one.note)
            ),
            paragraph.level,
            paragraph.heading,
            _sentences(paragraph),
        )
        for paragraph in present_paragraphs(chapter)
    ]


def present_paragraphs(chapter: Chapter) -> list[Paragraph]:
    """Return the paragraphs that are in the report: not the removed ones."""
    return [paragraph for paragraph in chapter.paragraphs if paragraph.removed_at is None]


def evidence(
    revision: Revision, policy: str, unnamed: Names, translations: Sequence[Translation] = ()
) -> content.Evidence:
    """Return what a reader may see of a source; its words are withheld where they name more than is allowed.

    So is a translation alone for whose it is: a speaker may have translated what they said.
    """
    note, themes = revision.note, themes_of(revision.note.session.meeting)

    def is_too_much(*words: str) -> bool:
        text = "\n".join(words)
        return bool(names_above(text, [revision, note.current], policy, unnamed.allowed) or unnamed.found_in(text))

    made = [one for one in translations if one.of_revision == revision.number]
    words = [revision.title, revision.text, *(word for one in made for word in (one.title, one.text))]
    says_too_much = is_too_much(*words)
    beside = [one for one in made if not is_too_much(one.translator)]
    return content.Evidence(
        note=note.reference,
        revision=revision.number,
        kind=revision.kind,
        title="" if says_too_much else revision.title,
        text="" if says_too_much else revision.text,
        session=note.session.code,
        session_title=note.session.title,
        source=source_of(revision, policy),
        action_lines=tuple(one for one in revision.action_lines if one in themes.lines),
        goals=tuple(one for one in revision.goals if one in themes.goals),
        translations=()
        if says_too_much
        else tuple(content.Translation(one.language, one.text, one.translator) for one in beside),
    )
