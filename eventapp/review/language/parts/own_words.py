"""Own words: a note that says itself how a thing was said, and one that is no sentence.

Rapporteurs write "Noted that…", "It was agreed that…", "The representative of ITU stressed the need for…" or only
"Lack of staff". Behind "The meeting noted that" the first would be said twice, and the last would be no sentence.
"""

import re
from functools import cache
from typing import NamedTuple

from eventapp.record.notes.models import Revision
from eventapp.review.language.data import language_now, pattern, phrases, sentence, word_list
from eventapp.review.language.grammar import one_of
from eventapp.review.reading.delegations import sender_of
from eventapp.vocabulary.called import called, initials


class Known(NamedTuple):
    """What is known in the words of a note of one language."""

    of_a_meeting: frozenset[str]  # what a meeting may do as one
    short: dict[str, str]  # short for the same, by form
    results: frozenset[str]  # of all, whoever put them in words
    says: re.Pattern[str]
    told: re.Pattern[str]
    will: re.Pattern[str]
    we_will: re.Pattern[str]
    only_a_verb: re.Pattern[str]


@cache
def _known(_language: str) -> Known:
    of_a_meeting = frozenset(word_list("of_a_meeting"))
    short = {form: past for past, forms in phrases("short").items() for form in forms.split()}
    past = "|".join(sorted(of_a_meeting | set(word_list("of_a_speaker"))))
    crowd, between = pattern("crowd").pattern, pattern("between").pattern
    verb = pattern("verb", past=past, followed=pattern("followed").pattern, short="|".join(sorted(short))).pattern
    will = pattern("will", no_deed=pattern("no_deed").pattern)
    return Known(
        of_a_meeting,
        short,
        frozenset(word_list("results")),
        says=pattern("says", between=between, verb=verb),
        told=pattern("told", crowd=crowd, itself=pattern("itself").pattern, between=between, verb=verb),
        will=will,
        we_will=pattern("we_will", will=will.pattern),
        only_a_verb=pattern("only_a_verb", crowd=crowd, between=between, past=past),
    )


class ReportedSpeech(NamedTuple):
    """The words of a note that say how a thing was said, with what follows; and who is said to have done so."""

    words: str  # "noted that prices fall"
    by: str  # "The meeting", "Several participants"; '' for whoever the note is of
    is_of_a_meeting: bool


def reported_by(revision: Revision, text: str) -> ReportedSpeech | None:
    """Return how this text of a note says itself that a thing was said; None where it does not."""
    behind, known = behind_name(revision, text), _known(language_now())
    found = known.told.match(text) or (known.says.match(text, behind) if behind else None)
    will = known.we_will.match(text) or (known.will.match(text, behind) if behind else None)
    if will and revision.kind == "commitment":
        return ReportedSpeech(sentence("commitment", words=text[will.end() :]), "", is_of_a_meeting=False)
    if not found:
        return None
    short = (found["short"] or "").lower()
    verb = known.short[short] if short else (found["past"] or found["said"]).lower()
    who = found.groupdict().get("who") or ""
    if who == one_of("joints", "it_was") and verb not in known.results:
        who = ""
    return ReportedSpeech(verb + text[found.end() :], who, not known.of_a_meeting.isdisjoint(verb.split()))


def is_only_a_verb(text: str) -> bool:
    """Whether this says only that something was said: "Noted the following:"."""
    return _known(language_now()).only_a_verb.fullmatch(text) is not None


def is_a_part(text: str) -> bool:
    """Whether a text is no sentence that "that" could stand before, as "Lack of staff", or a question."""
    return pattern("part").match(text) is not None and (text.endswith("?") or not pattern("done").search(text))


def behind_name(revision: Revision, text: str) -> int:
    """Return where a text goes on that begins with its own speaker's or sender's name; 0 for any other.

    One pattern with all their names in it would have to be made anew for each note.
    """
    title = pattern("title").match(text)
    start = title.end() if title else 0
    names = sorted(_names(revision), key=len, reverse=True)
    return next((start + len(name) + 1 for name in names if text.startswith(f"{name} ", start)), 0)


def _names(revision: Revision) -> set[str]:
    """Return what the note's own speaker and sender may be called in it."""
    sender = sender_of(revision)
    bodies = {name for one in (sender, revision.organization) for name in (*called(one), initials(one))}
    names = bodies | {revision.speaker, *revision.speaker.split()[-1:]}
    return {name for name in names if len(name) > 2}  # noqa: PLR2004 -- what is shorter tells of nobody
