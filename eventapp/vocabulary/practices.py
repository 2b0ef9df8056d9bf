"""What a good practice is and how far it reaches, in the words of WSIS Stocktaking."""

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

ACTIVITIES = terms(
    ("project", _l("Project")),
    ("programme", _l("Programme")),
    ("training", _l("Training initiative")),
    ("conference", _l("Conference")),
    ("website", _l("Website")),
    ("guideline", _l("Guideline")),
    ("toolkit", _l("Toolkit")),
    ("publication", _l("Publication")),
    ("other", _l("Other")),
)

COVERAGES = terms(
    ("local", _l("Local")),
    ("national", _l("National")),
    ("regional", _l("Regional")),
    ("international", _l("International")),
)
