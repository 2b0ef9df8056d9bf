"""The kinds of answer, when a question is asked, and how much there may be of everything."""

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

TEXT, LONG_TEXT, CHOICE, SEVERAL, YES_NO = "text", "long_text", "choice", "several", "yes_no"
DATE, COUNTRY, NUMBER, AGREEMENT, FILE = "date", "country", "number", "agreement", "file"
KINDS = terms(
    (TEXT, _l("Text, one line")),
    (LONG_TEXT, _l("Text, several lines")),
    (CHOICE, _l("One of several answers")),
    (SEVERAL, _l("Any of several answers")),
    (YES_NO, _l("Yes or no")),
    (DATE, _l("Date")),
    (COUNTRY, _l("Country")),
    (NUMBER, _l("Number")),
    (AGREEMENT, _l("Agreement to a text")),
    (FILE, _l("File")),
)
WITH_CHOICES = (CHOICE, SEVERAL)
YES, NO = "yes", "no"

REGISTRATION, APPROVED, DESK, INPUT = "registration", "approved", "desk", "input"
STAGES = terms(
    (REGISTRATION, _l("Registration")),
    (APPROVED, _l("After approval")),
    (DESK, _l("Only organizers see")),
    (INPUT, _l("Written inputs")),
)

# What people write or send after approval, passports and flights, is sealed; what they choose of a list is counted.
SEALED_STAGE, SEALED_KINDS = APPROVED, (TEXT, LONG_TEXT, DATE, COUNTRY, NUMBER, FILE)


def seals(stage: str, kind: str) -> bool:
    """Whether the database holds answers of this kind, asked at this stage, sealed."""
    return stage == SEALED_STAGE and kind in SEALED_KINDS


IS, IS_NOT = "is", "is_not"
COMPARED = terms((IS, _l("is the answer")), (IS_NOT, _l("is not the answer")))

ALL, ANY = "all", "any"
MATCHES = terms((ALL, _l("If all of these hold")), (ANY, _l("If any of these holds")))

MOST_QUESTIONS, MOST_CHOICES, MOST_CONDITIONS = 500, 60, 10
LONGEST_LABEL, LONGEST_HELP, LONGEST_AGREEMENT, LONGEST_CHOICE, LONGEST_SECTION = 300, 600, 5000, 120, 120
RETENTION_DAYS = 30  # after the last day of the meeting, where nothing else is chosen; as registration keeps its own
