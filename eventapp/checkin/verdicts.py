"""What a steward reads and says: one sentence why, one to say aloud, for each reason not to let somebody in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.checkin.actions import GATE_CLOSED, OLD_LIST, OTHER_MEETING, REPLACED, ROLE_ENDED, UNKNOWN
from eventapp.checkin.admission import NOT_HERE, OUT_OF_HOURS
from eventapp.checkin.labels import Card, Spot
from eventapp.checkin.queries import Answer
from eventapp.ground.text.dates import clock, offset, zone_words
from eventapp.ground.text.i18n import LazyString, _, _l
from eventapp.ground.text.languages import name_language
from eventapp.registration.models import DECLINED, LAPSED, PENDING, UNCONFIRMED, WAITING, WITHDRAWN
from eventapp.vocabulary.countries import state_in


@dataclass(frozen=True)
class Reason:
    """Why, and what to say."""

    why: LazyString
    say: LazyString


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        UNKNOWN: Reason(
            _l("No badge of this meeting has this code"),
            _l("“I cannot read this badge. My colleague at the registration desk will help you.”"),
        ),
        OTHER_MEETING: Reason(
            _l("This badge is for another meeting"),
            _l("“This badge is for another meeting. Do you have the one for today, or the code on your phone?”"),
        ),
        NOT_HERE: Reason(
            _l("Not among those who may enter here"),
            _l("“This entrance is for others today. My colleague at the registration desk will tell you where to go.”"),
        ),
        OUT_OF_HOURS: Reason(
            _l("Outside the hours of this entrance"),
            _l("“This entrance is not open now. My colleague at the registration desk will tell you where to go.”"),
        ),
        OLD_LIST: Reason(
            _l("Refused without a connection by an older list"),
            _l("“I cannot check this badge now. My colleague at the registration desk will help you.”"),
        ),
        REPLACED: Reason(
            _l("This badge was replaced by a newer one"),
            _l("“A newer badge was made for this name. Please show that one, or see the registration desk.”"),
        ),
        UNCONFIRMED: Reason(
            _l("The email address was never confirmed"),
            _l("“We wrote to you to confirm your address. Please open that letter, or see the registration desk.”"),
        ),
        PENDING: Reason(
            _l("Registration is not approved"),
            _l("“Your registration needs one more check. My colleague at the registration desk will help you.”"),
        ),
        WAITING: Reason(
            _l("On the waiting list"),
            _l("“Every place is taken at the moment. My colleague at the registration desk can tell you more.”"),
        ),
        DECLINED: Reason(
            _l("Registration was declined"),
            _l("“Your registration was not accepted. My colleague at the registration desk can tell you more.”"),
        ),
        WITHDRAWN: Reason(
            _l("Registration was withdrawn"),
            _l("“This registration was withdrawn. My colleague at the registration desk will help you.”"),
        ),
        LAPSED: Reason(
            _l("Registration lapsed, the address was not confirmed in time"),
            _l("“Your registration was not completed. My colleague at the registration desk will help you.”"),
        ),
    }
)


HELD_BECAUSE: Mapping[str, LazyString] = MappingProxyType(
    {
        ROLE_ENDED: _l("Read without a connection by somebody whose role had ended"),
        GATE_CLOSED: _l("Read without a connection after the gate was closed"),
    }
)


def worded(answer: Answer, spot: Spot, language: str) -> dict[str, object]:
    """A verdict in words for its steward: what the page of it shows, and what the module of the door fills in.

    What there is nothing to say about is left out. The name of a category is as the meeting wrote it: the page knows
    what it is called in the reader's language.
    """
    at = answer.first.at if answer.first else answer.scanned_at
    values: dict[str, object] = {
        "scan": answer.scan_id,
        "verdict": "undone" if answer.undone else answer.verdict,
        "when": f"{clock(at, spot.zone)} ({zone_words(spot.zone, offset(at, spot.zone), language)})",
    }
    if answer.first:
        values["gate"] = answer.first.gate
        values["by"] = _("by themselves") if answer.first.is_own else answer.first.by
    if reason := REASONS.get(answer.reason):
        values["why"], values["say"] = str(reason.why), str(reason.say)
    if answer.reason in HELD_BECAUSE:
        values["why"] = str(HELD_BECAUSE[answer.reason])
    if answer.card:
        values |= of_person(answer.card, language)
    else:
        values["read"] = answer.read[:12] + ("…" if len(answer.read) > 12 else "")  # noqa: PLR2004 -- as on a phone
    if answer.notes:
        values["notes"] = [{"text": text} for text in answer.notes]
    if answer.parts:
        values["parts"] = [{"code": p.code, "at": clock(p.at, spot.zone), "room": p.room} for p in answer.parts[:3]]
    return values


def of_person(card: Card, language: str) -> dict[str, object]:
    """Who it is, as the steward compares it with the badge; a State by its name in the steward's language."""
    mark, sender = card.category, card.organization
    return {
        "name": name(card.badge_name),
        "own": name(card.own_name, card.own_language) if card.own_name else None,
        "organization": sender if sender != card.delegation else "",
        "delegation": state_in(card.delegation, language),
        "category": {"name": mark.name, "colour": mark.colour, "ink": mark.ink, "shape": mark.shape},
        "reference": card.reference,
    }


def name(words: str, lang: str = "") -> dict[str, str]:
    """A name with its language and direction."""
    script = name_language(words)
    return {"text": words, "lang": lang or script.lang, "dir": script.dir}
