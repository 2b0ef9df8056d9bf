"""Sentences: a note, or several that say nearly the same, as reported speech, each sentence with what it rests on."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from eventapp.record.notes.models import Revision
from eventapp.review.language.capitals import with_small_letter
from eventapp.review.language.data import language_now, pattern, table, word_list
from eventapp.review.language.grammar import in_the_past, in_turn, is_clause, one_of
from eventapp.review.language.parts.articles import joined
from eventapp.review.language.parts.endings import (
    TO_DO,
    colon,
    ended,
    ends_with,
    following,
    joint,
    quoted,
    small,
    with_ending,
)
from eventapp.review.language.parts.own_words import ReportedSpeech, behind_name, is_a_part, is_only_a_verb, reported_by
from eventapp.review.language.parts.particulars import HAS_A_NAME, clauses, due, reception, sources
from eventapp.review.language.parts.voices import ACTIVE, MEETING, Voice, voice_of
from eventapp.review.language.pieces import cut, whole
from eventapp.review.language.points import in_one_line, points_of, with_points
from eventapp.review.language.wording import CROWDS
from eventapp.review.reading.notes import ReadNote, read

NO_NAMES: frozenset[str] = frozenset()
PROPOSALS = ("recommendation", "agreement", "commitment")


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was made; `key` finds it again when the report is compiled once more."""

    key: str
    text: str
    revisions: tuple[Revision, ...]


@dataclass(frozen=True)
class Place:
    """Where a note is told: what was said just before it, and whose turn the equal verbs have."""

    turn: int = 0
    takes_up: bool = False  # whether it answers to what stands before it
    again: int = 0  # how often the same spoke just before
    is_named: bool = False  # whether the same presented this just before, by its name


FIRST = Place()


def paragraph_of(revisions: Sequence[Revision], policy: str, names: Container[str] = NO_NAMES) -> str:
    """Return what several notes that say nearly the same read as alone: a paragraph of their sentences."""
    return " ".join(one.text for one in sentences_of(_read(revisions), policy, names))


def _read(revisions: Sequence[Revision]) -> list[ReadNote]:
    return [read(one, language=language_now()) for one in revisions]


def sentences_of(
    notes: Sequence[ReadNote], policy: str, names: Container[str] = NO_NAMES, place: Place = FIRST
) -> list[Sentence]:
    """Return the sentences of a note, or of several that say nearly the same in the words of the first.

    They say who, what was said, how it was received, and the sources as a footnote. One of these `names` at the head of
    a note keeps its capital inside the sentence.
    """
    revisions = [note.revision for note in notes]
    texts = list(Speech(notes[0], voice_of(notes, policy), names, place).texts())
    closing = (due(revisions[0], notes[0].words), reception(revisions[0])) if "\n" not in texts[0] else ("",)
    texts += [one for one in closing if one]
    texts[-1] += sources(revisions, policy)
    return [Sentence(f"note:{revisions[0].note_id}:{at}", text, tuple(revisions)) for at, text in enumerate(texts)]


@dataclass(frozen=True)
class Speech:
    """One note as it is reported: the note, who speaks, the names that keep their capital, and where it stands."""

    note: ReadNote
    voice: Voice
    names: Container[str]
    place: Place

    @property
    def kind(self) -> str:
        return self.note.revision.kind

    def texts(self) -> Iterator[str]:
        """Walk its sentences; a list with its points is one."""
        text = self.note.words.replace("^[", "^ [")
        lead, points, closing = points_of(text) if self.kind != "quote" else (in_one_line(text), [], "")
        if points:
            yield self.with_its_points(lead, points, closing)
        elif self.kind == "quote":
            words = lead.strip('“”"«» ')
            yield f"{self.head(self.kind)} {quoted(ended(words))}"
        else:
            yield from self.one_by_one(whole(cut(lead) or [lead]))

    def one_by_one(self, pieces: Sequence[str]) -> Iterator[str]:
        """Walk the sentences of running words; in a recommendation some may only lead to what is recommended."""
        is_asking = self.kind == "recommendation"
        asked = next((at for at, one in enumerate(pieces) if pattern("asks").search(one)), 0) if is_asking else 0
        yield self.first(pieces[0], kind="trend" if asked else self.kind)
        for at, one in enumerate(pieces[1:], start=1):
            yield self.recommended(one) if at == asked else self.further(one, self.place.turn + at)

    def first(self, text: str, *, kind: str) -> str:
        """Return who did what: a note that says this itself is not given a second verb."""
        if kind in HAS_A_NAME:
            return self.with_its_name(text)
        if self.has_its_verb(text):
            return self.with_its_verb(text)
        reported = reported_by(self.note.revision, text)
        if not reported:
            return self.clause(text, kind)
        by, words = _by(self.voice, reported), self.past(reported.words)
        return f"{by} {ended(words)}" if by else self.without_a_name(words)

    def clause(self, text: str, kind: str) -> str:
        """Return who and what, as a clause where the words are one, else behind a colon."""
        name = behind_name(self.note.revision, text) if self.voice.form == ACTIVE else 0
        text = f"{self.voice.pronoun} {text[name:]}" if name and is_clause(text[name:]) else text
        head, is_command = self.head(kind), pattern("command").match(text)
        if is_command and kind in PROPOSALS and ends_with(head, TO_DO):
            return joined(with_ending(head, TO_DO), ended(small(text)))
        if head.endswith(":"):
            return f"{head} {ended(self.behind_colon(text, kind))}"
        if is_a_part(text) or (kind == "recommendation" and not is_clause(text) and not is_command):
            return f"{following(head)}{colon()} {ended(self.low(text))}"
        return joined(head, ended(self.asked(text) if kind == "recommendation" else self.past(self.low(text), kind)))

    def behind_colon(self, text: str, kind: str) -> str:
        """Return words that follow a colon: as they were said, or where the language has it so, as reported speech."""
        if kind not in table("joints")["behind_colon"]:
            return text
        low = self.low(text)
        return low if low.endswith("?") else self.past(low, kind)

    def without_a_name(self, words: str) -> str:
        """Return reported words that nobody may be named for: "noted that prices fell" is "It was noted that …"."""
        words = words.removeprefix(one_of("joints", "auxiliary"))
        verb, that, clause = words.partition(one_of("joints", "that_clause"))
        if that and len(verb.split()) == 1:
            return one_of("joints", "unnamed").format(verb=verb, clause=ended(clause))
        return f"{following(in_turn('impersonal', self.kind, self.place.turn))}{colon()} {ended(words)}"

    def head(self, kind: str) -> str:
        """Return who and the verb: "Fiji also noted that", "In that regard, it was recommended that"."""
        voice, place = self.voice, self.place
        if voice.form == ACTIVE:
            also = in_turn("connectors", "also", place.again - 1) if place.again else ""
            verb = in_turn("active", kind, place.turn).format(also=also, a=voice.auxiliary)
            is_clear = place.again > 1 and place.again % 2 == 0  # a name and "it" take turns
            head = f"{voice.pronoun if is_clear else voice.subject} {verb}"
        elif voice.form == MEETING:
            head = one_of("meeting", kind)
        else:
            head = in_turn("impersonal", kind, place.turn)
        if not (place.takes_up and kind in PROPOSALS and head.endswith(tuple(table("joints")["takes_up"]))):
            return head
        common = tuple(f"{word} " for word in word_list("common_beginnings"))  # words that begin a subject and no name
        is_name = voice.form == ACTIVE and not head.startswith(common)
        return one_of("connectors", "result") + (head if is_name else small(head))

    def asked(self, text: str) -> str:
        """Return what was recommended: "the secretariat study", or "steps be taken to study"."""
        if pattern("command").match(text):
            return one_of("recommendation", "steps").format(words=small(text))
        words = self.low(text)
        asked = pattern("should").sub(lambda found: f"{found['also'] or ''}{found['not'] or ''} ", words, count=1)
        return asked if asked != words else self.past(words, self.kind)

    def recommended(self, text: str) -> str:
        """Return what a note recommends behind what leads to it."""
        again = replace(self, voice=replace(self.voice, subject=self.voice.pronoun), place=Place(self.place.turn))
        head = again.head(self.kind)
        if pattern("command").match(text) and ends_with(head, TO_DO):
            return joined(with_ending(head, TO_DO), ended(small(text)))
        return f"{head} {ended(text)}" if head.endswith(":") else joined(head, ended(self.asked(text)))

    def further(self, text: str, turn: int) -> str:
        """Return a sentence behind the first one of the same note."""
        if self.has_its_verb(text):
            return self.with_its_verb(text)
        reported = reported_by(self.note.revision, text)
        if reported and self.voice.form == ACTIVE and not reported.by:
            return f"{self.voice.pronoun} {in_turn('connectors', 'again', turn)}{ended(self.past(reported.words))}"
        if text.endswith("?") or not is_clause(text):
            return ended(text)
        head = in_turn("added", self.voice.form, turn).format(it=self.voice.pronoun, a=self.voice.auxiliary)
        return joined(head, ended(self.past(self.low(text))))

    def has_its_verb(self, text: str) -> bool:
        """Whether a neutral wording says itself how a thing was said: "A commitment was made to …"."""
        is_neutral = bool(self.note.words) and self.note.words == self.note.revision.neutral
        how = "agreed_already" if self.voice.form == MEETING else "told_already"
        return is_neutral and pattern(how).match(text) is not None

    def with_its_verb(self, text: str) -> str:
        """Return such a wording: what follows "that" is put in the past, and what was agreed is the meeting's."""
        if self.voice.form == MEETING:
            return ended(pattern("agreed_already").sub(one_of("joints", "agreed"), text, count=1))
        head, that, clause = text.partition(one_of("joints", "that_clause"))
        return f"{head}{that}{ended(self.past(clause, self.kind))}" if that else ended(text)

    def with_its_name(self, text: str) -> str:
        """Return what was presented, by its name: what a note of a good practice says is what that is.

        A title that only begins the words, or is in another language than the words, is no name.
        """
        if self.place.is_named and is_clause(text):
            return self.further(text, self.place.turn)
        revision, head = self.note.revision, self.head(self.kind)
        name = revision.title.strip(' .“”"')
        if self.note.words != revision.text or text.startswith(name):
            return f"{following(head)}{colon()} {ended(text)}"
        low = self.low(text)
        return f"{head} {quoted(name)}{colon()} {ended(self.past(low) if is_clause(text) else low)}"

    def with_its_points(self, lead: str, points: list[str], closing: str) -> str:
        """Return a note that tells its points in lines: when it is due and how it was received cannot follow them."""
        lead, given = "" if is_only_a_verb(lead) else lead, clauses(self.note.revision, self.note.words)
        reported = reported_by(self.note.revision, lead) if lead and self.kind not in HAS_A_NAME else None
        head = self.head(self.kind)
        if reported and not given:
            by = _by(self.voice, reported)
            begins = f"{by} {reported.words}" if by else f"{following(head)}{colon()} {reported.words}"
            return with_points(begins, points, closing)
        if lead and not given and head.endswith(one_of("joints", "that")):
            return with_points(joined(head, self.past(self.low(lead))), points, closing)
        title = self.note.revision.title.rstrip(".")
        is_named = self.kind in HAS_A_NAME and self.note.words == self.note.revision.text  # else the title is of others
        named = f"{head} {quoted(title)}" if is_named else following(head)
        begins = f"{named}, {joint().join(given)}" if given else named
        return with_points(f"{begins}{colon()} {lead}" if lead else begins, points, closing)

    def past(self, text: str, kind: str = "") -> str:
        behind = one_of("recommendation", "behind") if kind in PROPOSALS else ""
        return in_the_past(text, several=self.voice.is_several, behind=behind)

    def low(self, text: str) -> str:
        return with_small_letter(text, self.note.revision, self.names)


def _by(voice: Voice, reported: ReportedSpeech) -> str:
    """Return who did what a note says itself that was done; '' where nobody may be named. The meeting if it agreed."""
    meeting = one_of("joints", "meeting")
    if voice.form == MEETING:
        return meeting if reported.by in {"", one_of("joints", "it_was"), meeting} else reported.by
    own = reported.by if reported.by != meeting else ""
    return own or voice.subject or ("" if reported.is_of_a_meeting else CROWDS["one-voice"])
