"""The kinds of warnings of a plan, with their names."""

from eventapp.ground.text.i18n import _l

KINDS = {  # the order in which they stand, those that cannot be held first
    "room": _l("Clash in a room"),
    "person": _l("One person in two places"),
    "away": _l("A person cannot take part then"),
    "meets": _l("A person has an agreed meeting then"),
    "outside": _l("Outside the meeting"),
    "closed": _l("Room is closed"),
    "hours": _l("Outside the hours of a room"),
    "break": _l("Break taken by a session"),
    "midnight": _l("Past midnight"),
    "changeover": _l("Little time between two sessions"),
    "small": _l("Room may be small"),
    "wanted": _l("More people than seats"),
    "declined": _l("A part was declined"),
    "unregistered": _l("A part, and not registered"),
    "moderator": _l("Nobody chairs or moderates"),
    "rapporteur": _l("Nobody writes it down"),
}
HARD = frozenset({"room", "outside", "closed", "hours"})
