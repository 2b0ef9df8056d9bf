"""What an organization is, and the status of a non-governmental one. States have names of their own (vocabulary)."""

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.term import terms

NGO = "ngo"
KINDS = terms(
    ("un", _l("United Nations entity")),
    ("agency", _l("Specialized agency")),
    ("igo", _l("Intergovernmental organization")),
    ("observer", _l("Other observer")),
    (NGO, _l("Non-governmental organization")),
    ("other", _l("Other organization")),
)
IN_PROTOCOL = ("observer", "un", "agency", "igo", NGO, "other")  # behind States, as the United Nations lists them
STATUSES = terms(
    ("general", _l("General consultative status")),
    ("special", _l("Special consultative status")),
    ("roster", _l("On the Roster")),
)
LANGUAGES = ("fr", "es", "ru", "zh", "ar")  # of the United Nations, beside English
