"""What a line of a file says, as a note of a session: every word looked up, every fault with a sentence."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import clean, folded
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.extras.translation import Rendering
from eventapp.record.loading.columns import TRANSLATION
from eventapp.record.loading.reading import Fault, Read
from eventapp.record.loading.words import Words
from eventapp.record.notes.attribution import Said, said_by
from eventapp.record.notes.content import DELIVERIES, NoteContent, check, usual_ceiling
from eventapp.record.notes.country_input import codes_of
from eventapp.record.reading.tongue import spoken_in
from eventapp.record.sessions.speakers import Speaker
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.vocabulary.targets import TARGETS
from eventapp.vocabulary.tongues import TONGUES

GOAL = re.compile(r"(?:sdg|goal|g)?([0-9]{1,2})")
OWN = re.compile(r"(?P<slug>[^/@]+)/(?P<code>[^/@]+)-(?P<number>[0-9]{2,5})@(?P<head>[0-9]{1,5})")  # spring/S3-01@2


@dataclass(frozen=True)
class Line:
    """One note of a file: where it goes, what it says, and by what it is known again."""

    line: int
    id: str  # the file's own, '' where it has none
    written: str  # all that the file says in it, in one form
    session: Session
    content: NoteContent
    translations: tuple[Rendering, ...] = ()

    @property
    def key(self) -> str:
        """The file's own id; else everything the line says, so that a word changed is another note."""
        return self.id or self.written


def line_of(
    written: Read, sessions: Mapping[str, Session], speakers: Callable[[Session], list[Speaker]]
) -> tuple[Line | None, list[Fault]]:
    """The note that this line describes, and all that is wrong with it; None where its session is not known."""
    words = Words(written)
    code = words.text("session")
    session = sessions.get(code)
    if session is None:
        words.fault(_("There is no session “%(code)s” in this meeting.", code=code[:60]))
        return None, words.faults
    content = content_of(words, session, speakers(session))
    filled = {name: value for name, value in written.words.items() if value}
    line = Line(
        written.line,
        words.text("id"),
        json.dumps(filled, sort_keys=True),
        session,
        content,
        translations_of(words, content.language),
    )
    if not words.faults:
        try:
            check(content.tidy(session), themes_of(session.meeting))
        except Refused as refused:
            words.fault(str(refused))
    return line, words.faults


def content_of(words: Words, session: Session, speakers: list[Speaker]) -> NoteContent:
    """What the words of a line say."""
    text, themes = words.text("words"), themes_of(session.meeting)
    return NoteContent(
        **source_of(words, speakers)._asdict(),
        kind=words.code("kind", NOTE_KINDS),
        text=text,
        title=words.text("title"),
        language=language_of(words, text),
        action_lines=words.codes("action_lines", str.upper, themes.lines),
        goals=tuple(map(int, words.codes("goals", goal_of, map(str, themes.goals)))),
        countries=words.countries("countries"),
        ceiling=words.code("ceiling", CEILINGS) or usual_ceiling(session.rule),
        support=words.code("support", SUPPORTS),
        off_record=words.is_ticked("off_record"),
        figures=words.figures(),
        sources=tuple(filter(None, words.several("sources"))),
        who=words.text("who"),
        due_on=words.day("due"),
        due_text=words.text("due_text"),
        delivery=words.code("delivery", DELIVERIES),
        targets=words.codes("targets", str.lower, TARGETS),
        partners=tuple(filter(None, words.several("partners"))),
        replicability=words.text("replicability"),
        sustainability=words.text("sustainability"),
        gender_relevance=words.text("gender_relevance"),
        outlets=words.codes("outlets", str.lower, OUTLETS),
        neutral=words.text("neutral"),
    )


def goal_of(words: str) -> str:
    found = GOAL.fullmatch(folded(words))
    return str(int(found[1])) if found else words


def source_of(words: Words, speakers: list[Speaker]) -> Said:
    """Who said it. Who is on the programme brings along what it knows of them, and a State is a government.

    A line that was written from a note of ours says all of it already.
    """
    speaker, delegation, typed = words.text("speaker"), words.text("delegation"), words.text("country")
    kind, state = words.code("stakeholder_type", STAKEHOLDER_TYPES), country_named(typed)
    if typed and not state:
        words.fault(_("%(column)s: there is no “%(word)s”.", column="country", word=typed[:60]))
    known = said_by(speaker, speakers)
    if OWN.fullmatch(words.text("id")):
        return Said(known.role_id, speaker, delegation, kind, state)
    named = country_named(delegation)
    return Said(
        known.role_id,
        known.speaker,
        delegation or known.organization,
        kind or known.stakeholder_type or ("government" if named else ""),
        state or named or known.country,
    )


def country_named(words: str) -> str:
    found = codes_of(words)
    return found.codes[0] if len(found.codes) == 1 and not found.unknown and country(found.codes[0]) else ""


def language_of(words: Words, text: str) -> str:
    """The language of the words: as they show it, else the one that is given; of a note of ours, that one."""
    code = words.text("language").lower()
    if code and code not in TONGUES:
        words.fault(_("%(column)s: there is no “%(word)s”.", column="language", word=code[:60]))
    given = code if code in TONGUES else "en"
    return given if code and OWN.fullmatch(words.text("id")) else spoken_in(text, given)


def translations_of(words: Words, language: str) -> tuple[Rendering, ...]:
    value = words.written.words.get("translations") or {}
    if not isinstance(value, dict):
        words.fault(_("“%(name)s” has to be texts by language.", name="translations"))
        return ()
    named: Record = {
        **value,
        **{
            name.removeprefix(TRANSLATION): text
            for name, text in words.written.words.items()
            if name.startswith(TRANSLATION)
        },
    }
    for code in named:
        if code not in TONGUES or code == language:
            words.fault(_("A translation into “%(code)s” cannot stand beside this note.", code=str(code)[:20]))
    texts = {code: words.checked(f"{TRANSLATION}{code}", clean(str(text or ""))) for code, text in named.items()}
    return tuple(Rendering(code, text) for code, text in sorted(texts.items()) if text)
