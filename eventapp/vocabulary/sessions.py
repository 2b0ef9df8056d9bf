"""The kinds of session, the parts a person may play in one, and the bodies a session reports to."""

from collections.abc import Mapping
from types import MappingProxyType

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import Term, terms

SESSION_KINDS = terms(
    ("opening", _l("Opening")),
    ("trends", _l("Trends")),
    ("plans", _l("National plans")),
    ("practices", _l("Good practices and Prize winners")),
    ("discussion", _l("Multi-stakeholder discussion")),
    ("interagency", _l("Inter-agency")),
    ("closing", _l("Closing")),
    ("break", _l("Break")),
)

BREAK, PRACTICES = "break", "practices"

# The colour and the shape that each of these is drawn with, until a meeting says otherwise.
KIND_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "opening": ("#16202a", "square"),
        "trends": ("#00639f", "square"),
        "plans": ("#1b6b4a", "circle"),
        "practices": ("#8a5600", "triangle"),
        "discussion": ("#932c4c", "diamond"),
        "interagency": ("#932c4c", "diamond"),
        "closing": ("#16202a", "square"),
        "break": ("#6f7a83", "ring"),
    }
)

# What a report may have a chapter for, as outlines name it: a kind of session belongs to one of these or to none.
CHAPTERS: Mapping[str, Term] = MappingProxyType({code: term for code, term in SESSION_KINDS.items() if code != BREAK})

SPEAKING_ROLES = terms(
    ("chair", _l("Chair")),
    ("moderator", _l("Moderator")),
    ("coordinator", _l("Coordinator")),
    ("keynote", _l("Keynote speaker")),
    ("speaker", _l("Speaker")),
    ("panellist", _l("Panellist")),
    ("discussant", _l("Discussant")),
    ("prize-winner", _l("Prize winner")),
    ("rapporteur", _l("Rapporteur")),
    ("interpreter", _l("Interpreter")),
)

BODIES = terms(
    ("regional-review", _l("Regional review of the WSIS Action Lines")),
    ("interagency", _l("Inter-agency Working Group on ICT")),
)
