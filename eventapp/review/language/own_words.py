"""Own words: a note that says itself how a thing was said, and one that is no sentence.

Rapporteurs write "Noted that…", "It was agreed that…", "The representative of ITU stressed the need for…" or only
"Lack of staff". Behind "The meeting noted that" the first would be said twice, and the last would be no sentence.
"""

from typing import NamedTuple

from eventapp.record.notes.models import Revision
from eventapp.review.language.data import pattern, phrases, sentence, word_list
from eventapp.review.reading.delegations import sender_of
from eventapp.vocabulary.called import called, initials

# What a meeting may do as one.
OF_A_MEETING = frozenset(word_list("of_a_meeting"))
OF_A_SPEAKER = frozenset(word_list("of_a_speaker"))
# Short for the same, by form.
SHORT = {form: past for past, forms in phrases("short").items() for form in forms.split()}
RESULTS = frozenset(word_list("results"))  # of all, whoever put them in words
PAST = "|".join(sorted(OF_A_MEETING | OF_A_SPEAKER))
CROWD, ITSELF, BETWEEN = pattern("crowd").pattern, pattern("itself").pattern, pattern("between").pattern
VERB = pattern("verb", past=PAST, followed=pattern("followed").pattern, short="|".join(sorted(SHORT))).pattern
SAYS = pattern("says", between=BETWEEN, verb=VERB)
TOLD = pattern("told", crowd=CROWD, itself=ITSELF, between=BETWEEN, verb=VERB)
WILL = pattern("will", no_deed=pattern("no_deed").pattern)
WE_WILL = pattern("we_will", will=WILL.pattern)
TITLE = pattern("title")
ONLY_A_VERB = pattern("only_a_verb", crowd=CROWD, between=BETWEEN, past=PAST)
PART = pattern("part")
# With one of these it is a sentence after all: "Lack of staff holds back plans".
DONE = pattern("done")


class ReportedSpeech(NamedTuple):
    """The words of a note that say how a thing was said, with what follows; and who is said to have done so."""

    words: str  # "noted that prices fall"
    by: str  # "The meeting", "Several participants"; '' for whoever the note is of
    is_of_a_meeting: bool


def reported_by(revision: Revision, text: str) -> ReportedSpeech | None:
    """Return how this text of a note says itself that a thing was said; None where it does not."""
    behind = behind_name(revision, text)
    found = TOLD.match(text) or (SAYS.match(text, behind) if behind else None)
    will = WE_WILL.match(text) or (WILL.match(text, behind) if behind else None)
    if will and revision.kind == "commitment":
        return ReportedSpeech(sentence("commitment", words=text[will.end() :]), "", is_of_a_meeting=False)
    if not found:
        return None
    short = (found["short"] or "").lower()
    verb = SHORT[short] if short else (found["past"] or found["said"]).lower()
    who = found.groupdict().get("who") or ""
    if who == "It was" and verb not in RESULTS:
        who = ""
    return ReportedSpeech(verb + text[found.end() :], who, verb.split()[0] in OF_A_MEETING)


def is_only_a_verb(text: str) -> bool:
    """Whether this says only that something was said: "Noted the following:"."""
    return ONLY_A_VERB.fullmatch(text) is not None


def is_a_part(text: str) -> bool:
    """Whether a text is no sentence that "that" could stand before, as "Lack of staff", or a question."""
    return PART.match(text) is not None and (text.endswith("?") or not DONE.search(text))


def behind_name(revision: Revision, text: str) -> int:
    """Return where a text goes on that begins with its own speaker's or sender's name; 0 for any other.

    One pattern with all their names in it would have to be made anew for each note.
    """
    title = TITLE.match(text)
    start = title.end() if title else 0
    names = sorted(_names(revision), key=len, reverse=True)
    return next((start + len(name) + 1 for name in names if text.startswith(f"{name} ", start)), 0)


def _names(revision: Revision) -> set[str]:
    """Return what the note's own speaker and sender may be called in it."""
    sender = sender_of(revision)
    bodies = {name for one in (sender, revision.organization) for name in (*called(one), initials(one))}
    names = bodies | {revision.speaker, *revision.speaker.split()[-1:]}
    return {name for name in names if len(name) > 2}  # noqa: PLR2004 -- what is shorter tells of nobody
