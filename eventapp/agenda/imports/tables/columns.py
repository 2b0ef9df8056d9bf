"""What a column of a table of sessions can be, and what its heading says it is."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from flask_babel import force_locale

from eventapp.ground.text.i18n import LazyString, _, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import search_key

TITLE, DAY, STARTS, ENDS, LENGTH = "title", "day", "starts", "ends", "length"
FIELDS: Mapping[str, LazyString] = MappingProxyType(
    {
        TITLE: _l("Title"),
        DAY: _l("Day"),
        STARTS: _l("Start"),
        ENDS: _l("End"),
        LENGTH: _l("How long it takes"),
        "room": _l("Room"),
        "kind": _l("Kind"),
        "track": _l("Track"),
        "subtitle": _l("Subtitle"),
        "language": _l("Language spoken"),
        "people": _l("People"),
        "summary": _l("What it is about"),
        "description": _l("More about it"),
        "links": _l("Links"),
        "tags": _l("Tags"),
        "licence": _l("Licence of the recording"),
        "no_recording": _l("Not recorded"),
        "code": _l("Code"),
        "guid": _l("Lasting number (ID, GUID)"),
        "uid": _l("UID of the calendar"),
    }
)
ALSO: Mapping[str, Sequence[str]] = MappingProxyType(  # headings that people give, beside the words of our own files
    {
        TITLE: (
            *("session", "session title", "proposal title", "talk", "event", "topic", "name"),
            *("titre", "titre de la séance", "intitulé", "العنوان", "عنوان الجلسة"),
        ),
        DAY: ("date", "session date", "start date", "jour", "date de la séance", "اليوم", "التاريخ"),
        STARTS: (
            *("starts", "start time", "from", "begin", "begins", "time", "time start", "starts at", "start date time"),
            *("début", "heure de début", "de", "heure", "البداية", "من", "وقت البدء"),
        ),
        ENDS: (
            *("ends", "end time", "to", "until", "finish", "time end", "ends at", "end date time"),
            *("fin", "heure de fin", "à", "النهاية", "إلى", "وقت الانتهاء"),
        ),
        LENGTH: ("duration", "length", "minutes", "durée", "المدة"),
        "room": ("location", "place", "venue", "hall", "salle", "lieu", "القاعة", "المكان"),
        "kind": ("type", "session type", "format", "submission type", "category", "type de séance", "النوع"),
        "track": ("stream", "theme", "thème", "filière", "المسار"),
        "subtitle": ("sous-titre", "العنوان الفرعي"),
        "language": ("language", "locale", "content locale", "langue", "اللغة"),
        "people": (
            *("speakers", "speaker", "speaker names", "speaker name", "persons", "presenters", "panellists"),
            *("intervenants", "orateurs", "participants", "المتحدثون", "المتحدث"),
        ),
        "summary": ("abstract", "summary", "résumé", "الملخص"),
        "description": ("details", "détails", "الوصف"),
        "links": ("link", "url", "lien", "liens", "الرابط"),
        "tags": ("tag", "keywords", "keyword", "mots-clés", "الكلمات الدالة"),
        "licence": ("license", "licence", "recording license", "licence de l'enregistrement"),
        "no_recording": ("do not record", "don't record this session.", "optout", "opt-out", "no recording"),
        "code": ("session code", "session number", "number", "no", "no.", "nr", "#", "numéro", "n°", "الرمز", "الرقم"),
        "guid": ("id", "guid", "uuid", "identifier", "proposal id", "identifiant"),
        "uid": ("uid",),
    }
)


def choices() -> dict[str, str]:
    """What a column can be, by code, in the reader's language."""
    return {code: str(words) for code, words in FIELDS.items()}


def guessed(heads: Sequence[str], before: Mapping[str, str]) -> list[str]:
    """What each of these columns is by its heading, '' for what nobody knows; nothing twice.

    `before` has what earlier files of the meeting were put right to, by the heading.
    """
    known, found = _headings(), list[str]()
    for head in heads:
        code = before.get(search_key(head), known.get(search_key(head), ""))
        found.append(code if code in FIELDS and code not in found else "")
    return found


def fault_in_columns(columns: Sequence[str]) -> str:
    """Why a table with these columns cannot be read, '' where it can."""
    words = choices()
    missing = [words[code] for code in (TITLE, STARTS) if code not in columns]
    if ENDS not in columns and LENGTH not in columns:
        missing.append(_("End or how long it takes"))
    if missing:
        return _("Say which column has: %(heads)s.", heads=", ".join(missing))
    twice = [words[code] for code in dict.fromkeys(columns) if code and columns.count(code) > 1]
    return _("Two columns cannot be the same: %(heads)s.", heads=", ".join(twice)) if twice else ""


@cache
def _headings() -> Mapping[str, str]:
    found = {search_key(words): code for code, several in ALSO.items() for words in several}
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {search_key(str(words)): code for code, words in FIELDS.items()}
    return MappingProxyType(found)
