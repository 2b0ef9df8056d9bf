from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eventapp.ground.text.i18n import _, language
from eventapp.meetings.chapters.content import LONGEST_CODE, OwnChapter
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import OwnLine, Theme
from eventapp.meetings.themes.queries import themes_of
from eventapp.review.reports.models import Report
from eventapp.review.reports.outline_file import LONGEST_TITLE, Outline, Part
from eventapp.review.reports.outlines import STANDARD, all_outlines, outline_of
from eventapp.vocabulary.sessions import CHAPTERS


def outline_for(report: Report) -> Outline:
    """The outline of this report, with the chapters of its meeting. Refused where its file is not there any more."""
    return tailored(outline_of(report.outline), report.meeting)


def outlines_for(meeting: Meeting) -> Mapping[str, Outline]:
    """Every outline that fits this meeting, by name, in the order they are offered: by theme where it has themes."""
    has_lines = bool(themes_of(meeting).lines)
    fit = {name: one for name, one in all_outlines().items() if has_lines or not one.goes_by_theme}
    return {name: tailored(one, meeting) for name, one in fit.items()}


def tailored(outline: Outline, meeting: Meeting) -> Outline:
    """The outline with the themes of the meeting, and with the chapters of its own, where it goes by these."""
    return _with_chapters(_with_themes(outline, meeting), meeting)


def _with_themes(outline: Outline, meeting: Meeting) -> Outline:
    """The outline by theme: a chapter for each theme that it does not name, none for lines the meeting has not got."""
    if not outline.goes_by_theme:
        return outline
    lines = themes_of(meeting).lines
    named = {line for part in outline.chapters for line in part.lines}
    parts = list[Part]()
    for part in outline.chapters:
        if part.themes:
            parts += [_of_theme(part, one, meeting) for one in lines.values() if one.code not in named]
        elif not part.lines or any(line in lines for line in part.lines):
            parts.append(part)
    return replace(outline, chapters=tuple(parts))


def _of_theme(part: Part, one: Theme, meeting: Meeting) -> Part:
    """The chapter of one theme, titled as the file says it."""

    def titled(pattern: str, title: str) -> str:
        return pattern.replace("{code}", one.code).replace("{theme}", title)[:LONGEST_TITLE]

    texts = one.texts if isinstance(one, OwnLine) else {}
    tongues = dict.fromkeys((*part.titles, *texts, meeting.written_in))
    titles = {tongue: titled(part.title_in(tongue), texts.get(tongue) or one.short_title) for tongue in tongues}
    return Part(f"{part.code}-{one.code.lower()}", titled(part.title, one.short_title), titles, lines=(one.code,))


def _with_chapters(outline: Outline, meeting: Meeting) -> Outline:
    """The outline with the chapters of the meeting's own, where it goes by the agenda; as it is elsewhere.

    A chapter whose code it has already is not added again.
    """
    asked = [part.code for part in outline.chapters if part.sessions]
    taken = {code for part in outline.chapters for code in (part.code, *part.sessions)}
    own = [one for one in own_chapters(meeting) if one.code not in taken] if asked else []
    parts = list(outline.chapters)
    for one in reversed(own):  # so that those behind one chapter keep their order
        place = next((at for at, part in enumerate(parts) if one.behind in (part.code, *part.sessions)), None)
        last = next(at for at, part in enumerate(parts) if part.code == asked[-1])
        at = last if place is None else place
        parts.insert(at + 1, _part(one, meeting, parts, at))
    return replace(outline, chapters=tuple(parts)) if own else outline


def chapter_titles(meeting: Meeting) -> dict[str, str]:
    """What a kind of session of this meeting may name as its chapter: title in the reader's language by code."""
    return {code: title for _group, some in chapters_offered(meeting) for code, title in some.items()}


def chapters_offered(meeting: Meeting) -> list[tuple[str, dict[str, str]]]:
    """The same in groups with a heading: those of the agenda, the meeting's own, and of each outline what it has more.

    Only once each: a chapter of two outlines stands with the first of them.
    """
    usual = {code: term.label for code, term in CHAPTERS.items()}
    standard = all_outlines().get(STANDARD)
    for part in standard.chapters if standard else ():
        usual |= {code: part.title_in(language()) for code in part.sessions if code in CHAPTERS}
    own = {one.code: one.label for one in own_chapters(meeting)}
    groups = [(_("By the agenda"), usual), (_("Of this meeting"), own)]
    seen, known = {*usual, *own}, known_chapters()
    for outline in outlines_for(meeting).values():
        more = {one.code: one.title_in(language()) for one in outline.chapters}
        more = {code: title for code, title in more.items() if code in known and code not in seen}
        seen |= set(more)
        groups.append((outline.title, more))
    return [(heading, some) for heading, some in groups if some]


def faults_in_chapters(meeting: Meeting) -> Iterator[str]:
    """What the kinds and chapters of a meeting name that is not there, as sentences: its outlines are checked so."""
    known, named = chapter_titles(meeting), {one.chapter for one in meeting.kinds}
    for kind in meeting.kinds:
        if kind.chapter and kind.chapter not in known:
            yield f"The kind of session {kind.code} names the chapter {kind.chapter}, which no outline has."
    for one in own_chapters(meeting):
        if one.behind and one.behind not in known:
            yield f"The chapter {one.code} stands behind {one.behind}, which no outline has."
        if one.code not in named:
            yield f"No kind of session names the chapter {one.code}: no note goes there."


def _part(one: OwnChapter, meeting: Meeting, parts: Sequence[Part], at: int) -> Part:
    """A chapter of the meeting's own as one of an outline, a section where the one before it is or has some."""
    before, after = parts[at], parts[at + 1] if at + 1 < len(parts) else None
    is_head = after is not None and after.section_of == before.code
    return Part(
        code=one.code,
        title=one.title,
        titles={**one.texts, meeting.written_in: one.title},
        sessions=(one.code,),
        section_of=before.section_of or (before.code if is_head else ""),
    )


def places_offered() -> dict[str, str]:
    """The chapters that one of a meeting's own may follow, of the outlines by the agenda: title by code."""
    found = dict[str, str]()
    for outline in all_outlines().values():
        if any(part.sessions for part in outline.chapters):
            found = {part.code: part.title_in(language()) for part in outline.chapters} | found
    standard = all_outlines().get(STANDARD)
    first = [part.code for part in standard.chapters] if standard else []
    return {code: found[code] for code in (*first, *(one for one in found if one not in first)) if code in found}


def known_chapters() -> frozenset[str]:
    """The codes that a kind of session may name in every meeting: those of the vocabulary and of all outlines."""
    parts = {part.code for outline in all_outlines().values() for part in outline.chapters}
    return frozenset(CHAPTERS) | {code for code in parts if len(code) <= LONGEST_CODE}
