"""Every letter that a meeting writes by itself, and what may stand in braces in each.

A letter is written from its template, or from the meeting's own words for it. Both know the same words in braces: the
function that makes the letter (`mails.py` of its feature) gives each of them a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventapp.ground.text.i18n import LazyString, _l

COMMON = ("name", "meeting", "meeting_name", "dates", "venue", "city", "contact")
NAMES = {
    "name": _l("name in full"),
    "meeting": _l("title of the meeting"),
    "meeting_name": _l("short title of the meeting"),
    "dates": _l("dates of the meeting"),
    "venue": _l("venue"),
    "city": _l("city"),
    "contact": _l("address of the secretariat"),
    "number": _l("registration number"),
    "link": _l("private link of the letter"),
    "code": _l("entry code"),
    "reason": _l("reason of the decision"),
    "position": _l("position on the waiting list"),
    "how": _l("a sentence that says what happens when a place comes free"),
    "letter": _l("what the letter of nomination must be"),
    "missing": _l("a sentence that asks for the letter of nomination, where one is needed"),
    "questions": _l("a sentence that names the questions still to be answered, where there are some"),
    "words": _l("what the organizer wrote"),
    "title": _l("subject that the organizer wrote"),
    "part": _l("role in the session"),
    "session": _l("title of the session"),
    "session_code": _l("code of the session"),
    "when": _l("day and time of the session"),
    "place": _l("room, venue and city"),
    "changes": _l("the sessions that changed, each with its new time"),
    "notes": _l("a sentence that says how many notes there are"),
    "until": _l("day and time until which the link works or answers are taken"),
    "reference": _l("number of the note, input or card"),
    "note_title": _l("title of the note"),
    "note": _l("text of the note"),
    "organization": _l("organization that wrote"),
    "category": _l("type of participant"),
    "delegation": _l("the State or organization"),
    "report": _l("title of the report"),
    "chapters": _l("the chapters to read"),
    "remark": _l("the remark that was answered"),
    "answer": _l("the answer to it"),
    "subjects": _l("the subjects that have not come up"),
    "counted": _l("a sentence that says which notes were counted, where not all were"),
    "commitment": _l("the commitment"),
    "due": _l("day the commitment is due"),
    "email": _l("address of whoever gets the letter"),
    "other": _l("the other person, and who sent them"),
    "request": _l("what the other person wants to talk about"),
    "slot": _l("day, time and place of the bilateral meeting"),
}


@dataclass(frozen=True)
class Kind:
    """One letter that is written by itself: what it is called, and what else may, and must, stand in it.

    What `stays` is added at the end where the meeting's own words leave it out. `sample` is what the template asks for
    beside the words, as the shipped words are shown.
    """

    template: str
    label: LazyString
    more: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    sample: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What may stand in braces."""
        return (*COMMON, *self.more)


def of_person(name: str, label: LazyString, *more: str, needed: str = "", stays: tuple[str, ...] = ()) -> Kind:
    """A letter about a registration."""
    template = f"registration/mail/{name}.txt"
    return Kind(template, label, ("number", "link", *more), (needed,) if needed else (), stays)


REGISTRATION = {
    "confirm_address": of_person("confirm_address", _l("Confirm your email"), needed="link"),
    "already_registered": of_person("already_registered", _l("Registered already"), needed="link"),
    "received": of_person("received", _l("Registration received"), "letter", "missing"),
    "approved": of_person("approved", _l("A place is given"), "code", "questions", needed="code", stays=("questions",)),
    "waiting": of_person("waiting", _l("On the waiting list"), "position", "how"),
    "place_offered": of_person("place_offered", _l("A place is offered"), "until", needed="link"),
    "offer_deadline": of_person(
        "offer_deadline", _l("Another deadline of an offer"), "until", "before", needed="until"
    ),
    "offer_ended": of_person("offer_ended", _l("An offer of a place has ended"), "until"),
    "declined": of_person("declined", _l("Registration refused"), "reason", needed="reason"),
    "reopened": of_person("reopened", _l("Decision taken back")),
    "withdrawn": of_person("withdrawn", _l("Withdrawn")),
    "invited": Kind(
        "registration/mail/invited.txt", _l("Invited to register"), ("category", "until", "link"), ("link",)
    ),
    "nominated": of_person("nominated", _l("Nominated by a delegation"), "delegation", "until", needed="link"),
    "withdrawn_for": of_person("withdrawn_for", _l("Withdrawn by the delegation"), "delegation"),
    "focal_point": Kind(
        "delegations/mail/focal_point.txt",
        _l("Asked to nominate a delegation"),
        ("delegation", "until", "link"),
        ("link",),
    ),
    "letter_wanted": of_person("letter_wanted", _l("Letter of nomination wanted"), "letter", "words", needed="link"),
    "completing": of_person("completing", _l("To complete after the counter"), "words", needed="link"),
    "photograph_wanted": of_person("photograph_wanted", _l("Another photograph wanted"), "words", needed="link"),
    "change_made": of_person("change_made", _l("Change made")),
    "change_refused": of_person("change_refused", _l("Change refused"), "reason", needed="reason"),
    "personal": of_person("personal", _l("Around a letter to one person"), "title", "words", needed="words"),
    "replaced": Kind("badges/mail/replaced.txt", _l("New badge and entry code"), ("number", "link", "code"), ("code",)),
}
SESSION = ("session", "session_code", "when")
PROGRAMME = {
    "role_asked": Kind(
        "agenda/mail/role_asked.txt", _l("Asked to take a role"), (*SESSION, "part", "place", "link"), ("link",)
    ),
    "availability_wanted": Kind(
        "agenda/mail/availability_wanted.txt",
        _l("Asked when they can take part"),
        (*SESSION, "part", "place", "link"),
        ("link",),
    ),
    "material_wanted": Kind(
        "documents/mail/material_wanted.txt",
        _l("Asked for material"),
        (*SESSION, "part", "place", "link"),
        ("link",),
    ),
    "role_given": Kind("agenda/mail/role_given.txt", _l("Role given"), (*SESSION, "part", "place", "link")),
    "role_ended": Kind("agenda/mail/role_ended.txt", _l("Role ended"), (*SESSION, "part")),
    "role_called_off": Kind("agenda/mail/role_called_off.txt", _l("Role called off"), (*SESSION, "part")),
    "sessions_changed": Kind(
        "agenda/mail/sessions_changed.txt",
        _l("Sessions changed"),
        ("changes", "link"),
        ("changes",),
        sample={"count": 2},
    ),
    "place_in_session": Kind(
        "my_agenda/mail/place_in_session.txt",
        _l("A place in a session"),
        (*SESSION, "place", "number", "link"),
        ("link",),
    ),
}
RECORD = {
    "nudge": Kind("record/mail/nudge.txt", _l("Session not handed in"), (*SESSION, "notes", "link")),
    "confirmation": Kind(
        "record/mail/confirmation.txt", _l("Asked to confirm notes"), (*SESSION, "until", "link"), ("link",)
    ),
    "confirmation_reminder": Kind(
        "record/mail/reminder.txt", _l("Reminder to confirm notes"), (*SESSION, "until", "link"), ("link",)
    ),
    "sent_back": Kind(
        "record/mail/sent_back.txt",
        _l("Note needs a change"),
        ("reference", "note_title", "reason", "link"),
        ("reason",),
    ),
    "note_settled": Kind(
        "record/mail/settled.txt", _l("Reply about a note answered"), ("reference", "note", "answer"), ("answer",)
    ),
    "note_changed": Kind("record/mail/changed.txt", _l("Note changed as proposed"), ("reference", "note")),
}
CONTRIBUTIONS = {
    "input_invitation": Kind("inputs/mail/invitation.txt", _l("Asked for an input"), ("until", "link"), ("link",)),
    "input_received": Kind(
        "inputs/mail/received.txt",
        _l("Input received"),
        ("reference", "organization", "until", "link"),
        sample={"has_link": True},
    ),
    "card_invitation": Kind(
        "practices/mail/invitation.txt", _l("Asked for the card of a practice"), (*SESSION, "link"), ("link",)
    ),
    "card_reminder": Kind(
        "practices/mail/reminder.txt", _l("Reminder of the card of a practice"), (*SESSION, "link"), ("link",)
    ),
}
CLEARANCE = ("report", "link", "until")
REPORT = {
    "clearance": Kind("clearance/mail/draft.txt", _l("Draft to be cleared"), CLEARANCE, ("link",)),
    "clearance_chapters": Kind(
        "clearance/mail/chapters.txt",
        _l("Chapters to be cleared"),
        (*CLEARANCE, "chapters"),
        ("link",),
        sample={"count": 2},
    ),
    "clearance_own": Kind("clearance/mail/own.txt", _l("Own sentences to be cleared"), CLEARANCE, ("link",)),
    "remark_accepted": Kind(
        "clearance/mail/accepted.txt",
        _l("Remark accepted"),
        ("report", "remark", "answer"),
    ),
    "remark_declined": Kind(
        "clearance/mail/declined.txt",
        _l("Remark not taken up"),
        ("report", "remark", "answer"),
        ("answer",),
    ),
    "gaps": Kind(
        "review/mail/gaps.txt", _l("What has not come up yet"), (*SESSION, "subjects", "counted", "link"), ("subjects",)
    ),
    "commitment_due": Kind(
        "commitments/mail/due.txt", _l("Commitment due soon"), ("commitment", "due", "link"), ("commitment",)
    ),
    "commitment_late": Kind(
        "commitments/mail/late.txt", _l("Commitment late"), ("commitment", "due", "link"), ("commitment",)
    ),
}
STAFF = {
    "organizer": Kind("desk/mail/organizer.txt", _l("You are an organizer"), ("email", "link"), ("link",)),
    "rapporteur": Kind("desk/mail/rapporteur.txt", _l("You are a rapporteur"), ("email", "link"), ("link",)),
    "steward": Kind("desk/mail/steward.txt", _l("You are a door steward"), ("email", "link"), ("link",)),
}
BILATERAL = ("number", "other", "slot", "link")
NETWORKING = {
    "bilateral_asked": Kind(
        "networking/mail/bilateral_asked.txt", _l("Asked to meet"), (*BILATERAL, "request"), ("request", "link")
    ),
    "bilateral_time": Kind("networking/mail/bilateral_time.txt", _l("Another time to meet"), BILATERAL, ("link",)),
    "bilateral_agreed": Kind("networking/mail/bilateral_agreed.txt", _l("Both agreed to meet"), BILATERAL, ("slot",)),
    "bilateral_declined": Kind(
        "networking/mail/bilateral_declined.txt", _l("Declined to meet"), (*BILATERAL, "reason"), stays=("reason",)
    ),
    "bilateral_overlaps": Kind(
        "networking/mail/bilateral_overlaps.txt",
        _l("A session now lies over a bilateral meeting"),
        (*BILATERAL, "session", "when"),
        ("slot", "link"),
    ),
    "bilateral_called_off": Kind(
        "networking/mail/bilateral_called_off.txt",
        _l("Bilateral meeting called off"),
        (*BILATERAL, "reason"),
        ("slot",),
        stays=("reason",),
    ),
}
GROUPS = (
    (_l("Registration"), REGISTRATION),
    (_l("Programme"), PROGRAMME),
    (_l("Networking"), NETWORKING),
    (_l("Record"), RECORD),
    (_l("Inputs and good practices"), CONTRIBUTIONS),
    (_l("Report and commitments"), REPORT),
    (_l("Staff"), STAFF),
)
KINDS = {name: kind for _label, kinds in GROUPS for name, kind in kinds.items()}
