"""What a note says of itself: its kind, how it may be attributed, how widely it was supported."""

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

TITLE_LIMIT = 120  # characters
TEXT_LIMIT = 150  # words
ASIDE_LIMIT = 50  # words, for what a note may add: how to repeat it, what keeps it going, what it means for women

NOTE_KINDS = terms(
    ("trend", _l("Trend")),
    ("challenge", _l("Challenge")),
    ("opportunity", _l("Opportunity")),
    ("good-practice", _l("Good practice")),
    ("flagship", _l("Flagship initiative")),
    ("recommendation", _l("Recommendation")),
    ("commitment", _l("Commitment")),
    ("announcement", _l("Announcement")),
    ("launch", _l("Launch")),
    ("agreement", _l("Agreement")),
    ("debated-issue", _l("Debated issue")),
    ("quote", _l("Quote")),
)

# From the most to the least that may be said of the source; a report may say less, never more.
CEILINGS = terms(
    ("person", _l("Person")),
    ("organization", _l("Organization")),
    ("category", _l("Category")),
    ("nobody", _l("Nobody")),
)

SUPPORTS = terms(
    ("one-voice", _l("One voice")),
    ("some", _l("Some")),
    ("broad", _l("Broad")),
    ("nobody-objected", _l("Nobody objected")),
    ("divided", _l("Divided")),
)

OUTLETS = terms(
    ("consultation", _l("WSIS Forum open consultation")),
    ("stocktaking", _l("WSIS Stocktaking")),
    ("prizes", _l("WSIS Prizes")),
    ("committee", _l("Committee or Commission report")),
    ("interagency", _l("Inter-agency report")),
    ("cstd", _l("Commission on Science and Technology for Development")),
)

OF_WSIS = ("consultation", "stocktaking", "prizes")  # outlets that are filled by the action lines of WSIS


def lowest_ceiling(*ceilings: str) -> str:
    """Return the ceiling that says least; none of several sources may be named beyond it."""
    order = list(CEILINGS)
    return max(ceilings, key=order.index)
