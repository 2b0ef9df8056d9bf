"""What a document is, and who may open it."""

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

DOCUMENT_KINDS = terms(
    ("agenda", _l("Agenda")),
    ("programme", _l("Programme")),
    ("working", _l("Working document")),
    ("background", _l("Background paper")),
    ("presentation", _l("Presentation")),
    ("statement", _l("Statement")),
    ("report", _l("Report")),
    ("information", _l("Information")),
    ("other", _l("Other")),
)
PUBLIC, PARTICIPANTS = "public", "participants"
AUDIENCES = terms((PUBLIC, _l("Everybody")), (PARTICIPANTS, _l("Participants and staff")))
