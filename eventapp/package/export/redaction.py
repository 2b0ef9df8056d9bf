"""What of a note may leave: no more of its source than every ceiling allows, and no words that say more.

Reading an exported note back and exporting it again says the same, so a package that travels stays as it is.
"""

import re
from collections.abc import Iterable

from eventapp.ground.db.types import Record
from eventapp.package.manifest import notes as noted
from eventapp.record.extras.models import Translation
from eventapp.record.notes.models import Note, Revision
from eventapp.review.language.attribution import NOBODY, ORGANIZATION, PERSON, level_of, names_above, speakers
from eventapp.review.language.names import Allowed, Names

ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")  # of email


def unnamed_in(notes: Iterable[Note], leaving: Iterable[Note]) -> Names:
    """The speakers of a meeting's notes whom none of those that leave allows to name."""
    named = {
        name
        for note in leaving
        for revision in note.revisions
        if not revision.off_record and level_of(revision, PERSON) == PERSON
        for name in speakers(revision)
    }
    spoken = (name for note in notes for revision in note.revisions for name in speakers(revision))
    return Names((name for name in spoken if name not in named), allowed=Allowed(sorted(named)))


def redacted(
    note: Note, revisions: Iterable[Revision], translations: Iterable[Translation], unnamed: Names
) -> noted.Note:
    """The note with these revisions, the oldest first, as they may leave, and with translations of their words."""
    leaving = {one.number: one for one in revisions if not one.off_record}
    return noted.Note(
        session=note.session.code,
        number=note.number,
        head=note.head,
        state=note.state,
        state_at=note.state_at,
        created_at=note.created_at,
        illustrative=note.illustrative,
        revisions=tuple(redacted_revision(one, Words(one, unnamed)) for one in leaving.values()),
        translations=tuple(
            noted.Translation(one.language, one.of_revision, one.at, one.title, one.text, one.translator)
            for one in translations
            if one.of_revision in leaving and may_leave(one, leaving[one.of_revision], unnamed)
        ),
    )


def may_leave(one: Translation, revision: Revision, unnamed: Names) -> bool:
    """Whether neither the translation nor what it translates says too much."""
    words = Words(revision, unnamed)
    return all(words(each) for each in (f"{revision.title}\n{revision.text}", f"{one.title}\n{one.text}"))


class Words:
    """The words of one revision; those that name more than may be said are left out."""

    def __init__(self, revision: Revision, unnamed: Names) -> None:
        self.revision, self.unnamed = revision, unnamed

    def __call__(self, words: str) -> str:
        """The words, or nothing."""
        around = [self.revision, self.revision.note.current]
        says_too_much = (
            names_above(words, around, PERSON, self.unnamed.allowed)
            or self.unnamed.found_in(words)
            or ADDRESS.search(words)
        )
        return "" if says_too_much else words

    def each(self, many: Iterable[str]) -> tuple[str, ...]:
        """Those of these that may be said."""
        return tuple(one for one in many if self(one))


def redacted_revision(revision: Revision, words: Words) -> noted.Revision:
    """The revision as it may leave. A text goes with its title: half of what was said would say something else."""
    whole = bool(words(f"{revision.title}\n{revision.text}"))
    return noted.Revision(
        number=revision.number,
        at=revision.at,
        act=revision.act,
        deleted=revision.deleted,
        kind=revision.kind,
        title=revision.title if whole else "",
        text=revision.text if whole else "",
        language=revision.language,
        ceiling=revision.ceiling,
        action_lines=tuple(revision.action_lines),
        goals=tuple(revision.goals),
        targets=tuple(revision.targets),
        support=revision.support,
        due_on=revision.due_on,
        delivery=revision.delivery,
        outlets=tuple(revision.outlets),
        **source_of(revision, words),
        **details_of(revision, words),
    )


def source_of(revision: Revision, words: Words) -> Record:
    """Who said it, as far as that is told; a source that is told by its kind alone is not told by its country."""
    level = level_of(revision, PERSON)
    sender = level in (PERSON, ORGANIZATION)
    country = revision.country or (revision.role.country if revision.role else "")
    return {
        "speaker": words(revision.speaker) if level == PERSON else "",
        "organization": words(revision.organization) if sender else "",
        "stakeholder_type": revision.stakeholder_type if level != NOBODY else "",
        "country": country if sender else "",
        "countries": tuple(one for one in revision.countries if sender or one != country),
    }


def details_of(revision: Revision, words: Words) -> Record:
    """What was typed beside the text, each by itself."""
    figures = [noted.Figure(one["figure"], one.get("source", "")) for one in revision.figures]
    return {
        "figures": tuple(one for one in figures if words(f"{one.figure}\n{one.source}")),
        "sources": words.each(revision.sources),
        "who": words(revision.who),
        "due_text": words(revision.due_text),
        "partners": words.each(revision.partners),
        "replicability": words(revision.replicability),
        "sustainability": words(revision.sustainability),
        "gender_relevance": words(revision.gender_relevance),
        "neutral": words(revision.neutral),
    }
