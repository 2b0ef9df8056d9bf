"""Freezing: a report with its rows becomes values that never change again, and that name nobody above a ceiling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from eventapp.meetings.models import Meeting
from eventapp.outcomes.companions import translations_by_note
from eventapp.outcomes.models import Revision, Translation
from eventapp.review import content
from eventapp.review.annexes import annexes
from eventapp.review.attribution import names_above, never_named, source_of
from eventapp.review.models import Chapter, Paragraph, Report
from eventapp.review.names import Names
from eventapp.review.numbering import Unnumbered, numbered, references, with_references
from eventapp.review.queries import (
    is_cleared,
    listed_people,
    notes_for,
    present_by_kind,
    sessions_held,
    silent_notes,
)

DRAFT_NOTICE = "Draft, issued without formal editing."
ADOPTED_NOTICE = "Adopted by the meeting. Issued without formal editing."
DISTRIBUTION = "Participants"


def frozen(
    report: Report, chapters: Sequence[Chapter], *, version: int, on: date, adopted: bool = False
) -> content.Report:
    """Return the report as values; `on` is the day of issue where the meeting is. Until it is adopted it is a draft."""
    meeting = report.meeting
    notice = ADOPTED_NOTICE if adopted else DRAFT_NOTICE
    heard = [*notes_for(report), *silent_notes(meeting)]
    unnamed = never_named((note.current for note in heard), report.policy)
    written, closing = _written(
        report, [(chapter.title, _paragraphs(chapter, report.policy, unnamed)) for chapter in chapters]
    )
    return content.Report(
        name=report.name,
        version=version,
        symbol=report.symbol,
        title=report.title,
        bodies=(report.body.name,)
        if report.body
        else tuple(body.name for body in meeting.bodies) or (meeting.organization,),
        language="en",
        policy=report.policy,
        distribution=DISTRIBUTION,
        issued_on=on,
        notices=tuple(words for words in (notice, meeting.illustrative) if words),
        meeting=facts_of(meeting),
        chapters=written,
        annexes=closing,
    )


def facts_of(meeting: Meeting) -> content.MeetingFacts:
    """Return what the head of a paper says of its meeting."""
    return content.MeetingFacts(
        slug=meeting.slug,
        title=meeting.title,
        place=meeting.city,
        first_day=meeting.starts_on,
        last_day=meeting.ends_on,
        zone=meeting.zone,
    )


def printed(report: Report, chapters: Sequence[Chapter]) -> dict[int, tuple[content.Paragraph, str]]:
    """Return each standing paragraph as it will be printed and the numeral of its chapter, by the number of its row."""
    filled = [(chapter, standing(chapter)) for chapter in chapters if standing(chapter)]
    written, _closing = _written(
        report,
        [(chapter.title, [Unnumbered(one.text, _cited(one), one.level) for one in rows]) for chapter, rows in filled],
        apart=False,
    )
    return {
        row.id: (paragraph, chapter.numeral)
        for chapter, (_chapter, rows) in zip(written, filled, strict=True)
        for paragraph, row in zip(chapter.paragraphs, rows, strict=True)
    }


def _written(
    report: Report, chapters: Sequence[tuple[str, Sequence[Unnumbered]]], *, apart: bool = True
) -> tuple[tuple[content.Chapter, ...], tuple[content.Annex, ...]]:
    """Number twice: the references of the text can be read once it is known where everything stands."""
    first = numbered(chapters, apart=apart)
    meeting = report.meeting
    closing = annexes(
        report,
        sessions=sessions_held(meeting),
        people=listed_people(meeting),
        present=present_by_kind(meeting),
        chapters=first,
    )
    known = references(first, closing)
    again = (
        (title, [replace(one, text=with_references(one.text, known)) for one in paragraphs])
        for title, paragraphs in chapters
    )
    return numbered(again, apart=apart), closing


def _cited(paragraph: Paragraph) -> tuple[content.Evidence, ...]:
    """Return what the editor's page needs to number by: which notes are cited, and nothing of what they say."""
    return tuple(
        content.Evidence(
            note=one.note.reference,
            revision=one.revision.number,
            kind=one.revision.kind,
            title="",
            text="",
            session="",
            session_title="",
            source="",
            action_lines=(),
            goals=(),
        )
        for one in paragraph.evidence
    )


def _paragraphs(chapter: Chapter, policy: str, unnamed: Names) -> list[Unnumbered]:
    cited = [one for paragraph in standing(chapter) for one in paragraph.evidence if is_cleared(one.note)]
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
        )
        for paragraph in standing(chapter)
    ]


def standing(chapter: Chapter) -> list[Paragraph]:
    """Return the paragraphs that are in the report: not the removed ones."""
    return [paragraph for paragraph in chapter.paragraphs if paragraph.removed_at is None]


def evidence(
    revision: Revision, policy: str, unnamed: Names, translations: Sequence[Translation] = ()
) -> content.Evidence:
    """Return what a reader may see of a source; its words are withheld where they name more than is allowed.

    So is a translation alone for whose it is: a speaker may have translated what they said.
    """
    note = revision.note

    def is_too_much(*words: str) -> bool:
        said = "\n".join(words)
        return bool(names_above(said, [revision, note.current], policy, unnamed.allowed) or unnamed.found_in(said))

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
        action_lines=tuple(revision.action_lines),
        goals=tuple(revision.goals),
        translations=()
        if says_too_much
        else tuple(content.Translation(one.language, one.text, one.translator) for one in beside),
    )
