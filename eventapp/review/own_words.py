"""Own words: a note that says itself how a thing was said, and one that is no sentence.

Rapporteurs write "Noted that…", "It was agreed that…", "The representative of ITU stressed the need for…" or only
"Lack of staff". Behind "The meeting noted that" the first would be said twice, and the last would be no sentence.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventapp.outcomes.models import Revision
from eventapp.review.attribution import sender_of
from eventapp.vocabulary.called import called, initials

# What a meeting may do as one.
OF_A_MEETING = frozenset({
    "acknowledged", "agreed", "appreciated", "called", "commended", "concluded", "decided", "discussed", "emphasised",
    "emphasized", "encouraged", "endorsed", "expressed", "highlighted", "invited", "noted", "reaffirmed", "recalled",
    "recognised", "recognized", "recommended", "reiterated", "requested", "stressed", "supported", "took", "underlined",
    "underscored", "urged", "welcomed",
})  # fmt: skip
OF_A_SPEAKER = frozenset({
    "added", "advised", "announced", "argued", "asked", "briefed", "cautioned", "committed", "described", "drew",
    "explained", "informed", "introduced", "mentioned", "observed", "offered", "outlined", "pledged", "pointed",
    "presented", "promised", "proposed", "questioned", "raised", "reported", "said", "shared", "stated", "suggested",
    "thanked", "undertook", "warned",
})  # fmt: skip
# Short for the same, before "that" alone: "Notes for teachers" are none.
SHORT: Mapping[str, str] = MappingProxyType(
    {
        form: past
        for past, forms in {
            "agreed": "agree agrees",
            "argued": "argues",
            "emphasized": "emphasize emphasizes",
            "expressed concern": "concern concerns",
            "highlighted": "highlight highlights",
            "noted": "note notes",
            "observed": "observes",
            "proposed": "propose proposes",
            "recommended": "recommend recommends",
            "said": "says",
            "stated": "states",
            "stressed": "stress stresses",
            "suggested": "suggest suggests",
            "underlined": "underline underlines",
            "warned": "warns",
        }.items()
        for form in forms.split()
    }
)
RESULTS = frozenset({"agreed", "concluded", "decided", "recommended"})  # of all, whoever put them in words
# What may follow where these are verbs: "Shared the data", and not "Shared masts".
FOLLOWED = (
    r"(?= (?:that|the|a|an|its|their|his|her|to|for|on|upon|how|why|whether|with (?:concern|appreciation|satisfaction"
    r"|interest|regret)|strong|great|serious|deep|concerns?|support|appreciation|satisfaction|interest|gratitude"
    r"|attention|note|out)\b)"
)
PAST = "|".join(sorted(OF_A_MEETING | OF_A_SPEAKER))
VERB = (
    rf"(?i:(?P<past>{PAST}){FOLLOWED}|(?P<said>said)(?= [a-z])"
    rf"|(?P<short>{'|'.join(sorted(SHORT))})(?= that (?!(?:was|were|is|are)\b)))"
)
CROWD = r"(?P<who>The meeting|Participants|(?:Many|Several|Some|Other) (?:participants|delegations|speakers)|It was)"
ITSELF = r"|The (?:speaker|panellist|presenter|representative|delegate|delegation)|He|She|They"
NO_DEED = r"(?:not|never|also|soon|now|then|be|have)\b"  # behind "will": anything else is what they will do
BETWEEN = r"(?i:also |further |then )?"
SAYS = re.compile(rf"{BETWEEN}{VERB}")
TOLD = re.compile(rf"(?:(?:{CROWD}{ITSELF}) )?{BETWEEN}{VERB}")
WILL = re.compile(rf"(?i:will) (?=(?!{NO_DEED})[a-z])")
WE_WILL = re.compile(rf"(?:(?:We|I|It) )?{WILL.pattern}")
TITLE = re.compile(r"(?:The (?:representatives?|delegation) of )?(?:the )?(?:(?:Mr|Ms|Mrs|Dr)\.? )?")
ONLY_A_VERB = re.compile(rf"(?:{CROWD} )?{BETWEEN}(?i:{PAST})(?: that| the following)?:?")
PART = re.compile(
    r"(?:(?:Continued|Growing) )?(?:Absence|Availability|Challenges?|Concerns?|Danger|Decline|Difficult(?:y|ies)"
    r"|Examples?|Importance|Increase|Insufficien(?:t|cy)|Lack|Limitations?|Need|Opportunit(?:y|ies)|Potential|Problems?"
    r"|Growth|Rise|Risks?|Role|Scarcity|Shortage) (?:of|for|in|on|to|about|between|among|over|with|from)\b"
    r"|No (?:[\w-]+ ){1,3}?(?:of|for|in|on|about|from)\b"
    r"|(?:How|Why|What|When|Where|Which|Who|Whether|Should|Could|Can|Do|Does|Is|Are|Will)\b[^.!]*\?"
)
# With one of these it is a sentence after all: "Lack of staff holds back plans".
DONE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|did|(?:remain|make|hold|keep|limit"
    r"|prevent|hinder|mean|slow|continue|lead|show|cause|affect|leave|put|grow|rise|fall|persist|need|drive|create|pose"
    r"|hamper|block|stop|delay|raise|reduce|increase|undermine|threaten)s?|said|continued|led)\b"
)


class Told(NamedTuple):
    """The words of a note that say how a thing was said, with what follows; and who is said to have done so."""

    words: str  # "noted that prices fall"
    by: str  # "The meeting", "Several participants"; '' for whoever the note is of
    is_of_a_meeting: bool


def told_by(revision: Revision, text: str) -> Told | None:
    """Return how this text of a note says itself that a thing was said; None where it does not."""
    behind = _behind_name(revision, text)
    found = TOLD.match(text) or (SAYS.match(text, behind) if behind else None)
    will = WE_WILL.match(text) or (WILL.match(text, behind) if behind else None)
    if will and revision.kind == "commitment":
        return Told(f"committed to {text[will.end() :]}", "", is_of_a_meeting=False)
    if not found:
        return None
    short = (found["short"] or "").lower()
    verb = SHORT[short] if short else (found["past"] or found["said"]).lower()
    who = found.groupdict().get("who") or ""
    if who == "It was" and verb not in RESULTS:
        who = ""
    return Told(verb + text[found.end() :], who, verb.split()[0] in OF_A_MEETING)


def is_only_a_verb(text: str) -> bool:
    """Whether this says only that something was said: "Noted the following:"."""
    return ONLY_A_VERB.fullmatch(text) is not None


def is_a_part(text: str) -> bool:
    """Whether a text is no sentence that "that" could stand before, as "Lack of staff", or a question."""
    return PART.match(text) is not None and (text.endswith("?") or not DONE.search(text))


def _behind_name(revision: Revision, text: str) -> int:
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
