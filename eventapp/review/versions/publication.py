"""Whether a report may be published as it stands, and what it would be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.review.annexes.anchor import without_anchor
from eventapp.review.compiling.numbering import has_open_footnote, lost_reference
from eventapp.review.compiling.plan import ATTENDANCE
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.language.attribution import names_above
from eventapp.review.reports import content
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Chapter, Report
from eventapp.review.reports.noted import one_of_each_voice
from eventapp.review.versions.checks import Findings
from eventapp.review.versions.editions import adopted_version
from eventapp.review.versions.publication_snapshot import frozen, present_paragraphs


def fit_to_publish(
    report: Report, chapters: Sequence[Chapter], found: Findings, *, at: datetime, adopted: bool
) -> content.Report:
    """Return what would be published, where `found` is what there is to say of it.

    Refused while something is doubted that nobody gave a reason for, as a name above its ceiling or words without
    support; while it rests on a source that was taken back, was compiled when others had come than are counted now,
    refers to a place that is not there or has a footnote that is not closed; where no paragraph is from a note, where
    it reads as it was published last, and where the meeting adopted a version and has not adopted it as it stands.
    """
    _check_adopted(report, adopted=adopted)
    _check(found, chapters)
    text = frozen(report, chapters, version=report.version + 1, at=at, adopted=adopted)
    named = names_in_summary(report, "\n".join(text.summary))
    if names := [name for name in named if name not in found.names_with_reason]:
        raise Refused(_("Not published: the report says a name above its ceiling (%(names)s).", names=", ".join(names)))
    _check_print(text)
    if _is_published(report, text):
        raise Refused(_("Nothing has changed since version %(number)s was published.", number=report.version))
    return text


def names_in_summary(report: Report, words: str) -> list[str]:
    """Return the names in a summary that the policy of the report or the ceiling of a note does not allow."""
    voices = one_of_each_voice(report)  # which a revision finds again as long as they are held
    return names_above(words, [note.current for note in voices], report.policy)


def why_not(report: Report, chapters: Sequence[Chapter], found: Findings, *, at: datetime, adopted: bool) -> str:
    """Return what keeps the report from being published as it stands; '' where nothing does."""
    try:
        fit_to_publish(report, chapters, found, at=at, adopted=adopted)
    except Refused as refusal:
        return str(refusal)
    return ""


def _check(found: Findings, chapters: Sequence[Chapter]) -> None:
    """Say no to publishing what may not be published."""
    if found.names:
        names = ", ".join(found.names)
        raise Refused(_("Not published: the report says a name above its ceiling (%(names)s).", names=names))
    if many := sum(bool(about.doubts) for about in found.paragraphs.values()):
        raise Refused(
            ngettext(
                "Not published: the words of %(num)s paragraph have no support. Mend it, or say why the words stay.",
                "Not published: the words of %(num)s paragraphs have no support. Mend them, or say why the words stay.",
                many,
            )
        )
    if found.withdrawn:
        raise Refused(_("Not published: a paragraph rests on a note that was withdrawn or is off the record."))
    if not any(paragraph.evidence for chapter in chapters for paragraph in present_paragraphs(chapter)):
        raise Refused(_("Not published: no paragraph rests on a note yet. Clear notes and compile the report."))
    _check_count(found)


def _check_count(found: Findings) -> None:
    """Say no to a number of people beside that of the balance: their difference tells of the few who came between."""
    stale = [about for about in found.recounted if about.paragraph.source_key == ATTENDANCE]
    if stale and stale[0].is_out_of_date:
        raise Refused(
            _("Not published: so few attended that it may not be said how many. Remove the paragraph that says it.")
        )
    if stale:
        raise Refused(
            _("Not published: other people are counted at the door than when it was compiled. Compile it again.")
        )


def _check_print(text: content.Report) -> None:
    """Say no to publishing what would be printed wrong."""
    for paragraph in text.paragraphs:
        if has_open_footnote(paragraph):
            raise Refused(_("Not published: a footnote of paragraph %(number)s is not closed.", number=paragraph.place))
        if lost := lost_reference(paragraph):
            raise Refused(
                _(
                    "Not published: paragraph %(number)s refers to %(place)s, which is not in the report.",
                    number=paragraph.place,
                    place=lost,
                )
            )


def _is_published(report: Report, text: content.Report) -> bool:
    """Whether the newest edition says exactly this, but for its own number and day."""
    newest = edition_of(report)
    before = from_dict(newest.content) if newest else None
    if before is None:
        return False
    without = replace(before, annexes=without_anchor(before.annexes))
    return _plain(without) == _plain(replace(text, version=before.version, issued_on=before.issued_on))


def _check_adopted(report: Report, *, adopted: bool) -> None:
    """Say no to putting a draft in the place of what the meeting adopted."""
    before = adopted_version(report)
    if before and not adopted:
        raise Refused(
            _(
                "Not published: the meeting adopted version %(number)s. Write a corrigendum to it, or let the meeting "
                "adopt the text as it stands: it is then published as a revision.",
                number=before.number,
            )
        )


def _plain(text: content.Report) -> content.Report:
    """Return the text without the number of its revision in the symbol, and of its version on the pages."""
    return replace(text, symbol=text.symbol.partition("/Rev.")[0], draft="")
