"""Voices: who a sentence says it was, as far as policy and ceilings allow; "the meeting" only where it agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.review.language.attribution import NOBODY, ORGANIZATION, PERSON, level_of
from eventapp.review.language.data import sentence, table
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import (
    CATEGORY_CROWDS,
    CATEGORY_VOICES,
    CROWDS,
    is_plural,
    listed,
    of,
    with_article,
)
from eventapp.review.reading.notes import ReadNote
from eventapp.vocabulary.called import several

ACTIVE, IMPERSONAL, MEETING = "active", "impersonal", "meeting"
AGREED = "nobody-objected"
COUNTED = ("one-voice", "some", "divided")  # supports that say who held a view that may not be attributed


@dataclass(frozen=True)
class Voice:
    """Who speaks in a sentence; `senders` are the delegations by which it is known who spoke before."""

    form: str
    subject: str = ""
    pronoun: str = ""
    is_several: bool = False
    senders: tuple[str, ...] = ()

    @property
    def auxiliary(self) -> str:
        """What a verb needs behind one or several."""
        found: str = table("auxiliaries")["a"][self.is_several]
        return found


def voice_of(notes: Sequence[ReadNote], policy: str) -> Voice:
    """Return the voice of a note, or of several that say nearly the same."""
    if is_agreed(notes):
        return Voice(MEETING, pronoun=one_of("pronouns", "one"))
    levels = [level_of(note.revision, policy) for note in notes]
    names = [note.delegation.name for note in notes]
    senders = list(dict.fromkeys(filter(None, names)))
    first = notes[0].revision
    if len(notes) == 1 and levels == [PERSON] and first.speaker:
        sender = senders[0] if senders else ""
        name = one_of("subjects", "person" if sender else "unnamed")
        speaker = name.format(speaker=first.speaker, name=sender, of_name=of(sender) if sender else "")
        return Voice(ACTIVE, speaker, one_of("pronouns", "person"), senders=(speaker,))
    if all(names) and all(level in (PERSON, ORGANIZATION) for level in levels):
        return _named(senders)
    kinds = {note.delegation.kind for note in notes}
    if NOBODY not in levels and len(kinds) == 1 and kinds <= set(CATEGORY_VOICES):
        return _of_a_kind(kinds.pop(), senders, len(notes))
    if len(notes) > 1:
        return (
            Voice(ACTIVE, sentence("several"), one_of("pronouns", "several"), is_several=True)
            if len(senders) > 1
            else Voice(IMPERSONAL)
        )
    group = CROWDS.get(first.support, "")
    are_several = first.support != "one-voice"
    return Voice(ACTIVE, group, _pronoun(are_several), are_several) if group else Voice(IMPERSONAL)


def is_agreed(notes: Sequence[ReadNote]) -> bool:
    """Whether the meeting agreed: an agreement nobody doubted, or what is of no delegation and met no objection."""
    return all(
        (note.revision.kind == "agreement" and note.revision.support not in COUNTED)
        or (note.revision.support == AGREED and not note.delegation.name)
        for note in notes
    )


def _named(senders: Sequence[str]) -> Voice:
    """Name delegations: "Fiji", "Fiji and Tonga", "The World Bank"."""
    form = one_of("subjects", "one" if len(senders) == 1 else "several")
    named, of_names = listed([with_article(one) for one in senders]), listed([of(one) for one in senders])
    subject = form.format(name=named, names=named, of_name=of_names, of_names=of_names)
    subject += "," if len(senders) == 1 and "," in subject else ""  # "Hong Kong, China, noted"
    is_several = len(senders) > 1 or (form == "{name}" and _is_plural(senders[0]))
    return Voice(ACTIVE, subject[:1].upper() + subject[1:], _pronoun(is_several), is_several, tuple(senders))


def _is_plural(name: str) -> bool:
    return (several(name) and "/" not in name) or is_plural(name)


def _of_a_kind(kind: str, senders: Sequence[str], many: int) -> Voice:
    are_several = len(senders) > 1 or (
        len(senders) == 1 and ((" and " in senders[0] and several(senders[0])) or is_plural(senders[0]))
    )
    group = CATEGORY_CROWDS.get(kind) if are_several and (many > 1 or len(senders) == 1) else None
    return Voice(ACTIVE, group or CATEGORY_VOICES[kind], _pronoun(bool(group)), bool(group), (kind, *senders))


def _pronoun(is_several: bool) -> str:  # noqa: FBT001 -- a predicate of its own
    return one_of("pronouns", "several" if is_several else "one")
