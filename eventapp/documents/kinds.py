"""What a document is, who may open it, and which files it may have."""

from collections.abc import Mapping
from types import MappingProxyType

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

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TXT = "text/plain"
ENDINGS: Mapping[str, str] = MappingProxyType(
    {PDF: "pdf", DOCX: "docx", PPTX: "pptx", XLSX: "xlsx", ODT: "odt", ODP: "odp", ODS: "ods", TXT: "txt"}
)
