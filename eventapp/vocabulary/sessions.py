"""The kinds of session, the parts a person may play in one, and the bodies a session reports to."""

from collections.abc import Mapping
from types import MappingProxyType

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

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

# The mark a kind is drawn with: a shape and a colour of the style sheets (data-kind).
KIND_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "opening": "open",
        "trends": "trend",
        "plans": "plan",
        "practices": "good",
        "discussion": "talk",
        "interagency": "talk",
        "closing": "open",
        "break": "rest",
    }
)

SPEAKING_ROLES = terms(
    ("chair", _l("Chair")),
    ("moderator", _l("Moderator")),
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
