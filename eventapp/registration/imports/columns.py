"""What a column of a file can be, and what its heading says it is."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from flask_babel import force_locale

from eventapp.ground.text.i18n import LazyString, _l, language
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting
from eventapp.questions.conditions import name_of
from eventapp.questions.content import in_language
from eventapp.questions.kinds import FILE
from eventapp.questions.models import Question
from eventapp.questions.queries import asked_of_people
from eventapp.registration.application import LABELS
from eventapp.registration.lists.columns import COLUMNS

EMAIL, REPRESENTS, CATEGORY, ROLE = "email", "delegation", "category", "delegation_role"
FIELDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "family_name": LABELS["family_name"],
        "given_name": LABELS["given_name"],
        EMAIL: _l("Email"),
        CATEGORY: _l("Type of participant"),
        REPRESENTS: _l("State or organization represented"),
        ROLE: _l("Place in the delegation"),
        "organization": _l("Ministry or unit"),
        "job_title": LABELS["job_title"],
        "country": _l("Country they live in"),
        "phone": LABELS["phone"],
        "languages": LABELS["languages"],
        "record_name": LABELS["record_name"],
        "badge_name": LABELS["badge_name"],
        "own_name": LABELS["own_name"],
        "gender": LABELS["gender"],
        "access_needs": LABELS["access_needs"],
        "dietary_needs": LABELS["dietary_needs"],
        "lists_name": LABELS["lists_name"],
        "shares_email": LABELS["shares_email"],
        "may_be_photographed": LABELS["may_be_photographed"],
    }
)
GUEST_FIELDS: Mapping[str, LazyString] = MappingProxyType(
    {
        **{name: FIELDS[name] for name in ("family_name", "given_name", EMAIL, CATEGORY, REPRESENTS, "organization")},
        "language": _l("Language of the letter"),
    }
)
NEEDED = ("family_name", EMAIL, REPRESENTS, "job_title")
NEEDED_OF_GUESTS = ("family_name", EMAIL)
OURS = ("number", "state", "letter", "sent", "approved", "tags")  # columns of our own lists that are no answers
ALSO: Mapping[str, Sequence[str]] = MappingProxyType(  # headings that people give, beside the words of our own forms
    {
        "family_name": ("surname", "last name", "name", "nom", "nom de famille", "اسم العائلة", "اللقب"),
        "given_name": ("first name", "given name", "forename", "prénom", "prénoms", "الاسم الأول", "الاسم"),
        EMAIL: (
            "e-mail",
            "mail",
            "email address",
            "e-mail address",
            "courriel",
            "adresse électronique",
            "بريد إلكتروني",
        ),
        CATEGORY: ("type", "category", "catégorie", "type de participant", "الفئة"),
        REPRESENTS: ("represents", "delegation", "country represented", "state", "member state", "délégation", "état"),
        ROLE: ("role", "place in the delegation", "rôle", "fonction dans la délégation"),
        "organization": ("organization", "organisation", "ministry", "unit", "department", "ministère", "الوزارة"),
        "job_title": (
            "title",
            "position",
            "function",
            "functional title",
            "job",
            "fonction",
            "titre",
            "poste",
            "المنصب",
        ),
        "country": ("country of residence", "country", "pays", "pays de résidence", "البلد"),
        "phone": ("phone", "mobile", "téléphone", "tel", "الهاتف"),
        "languages": ("language", "langue", "langues"),
        "gender": ("sex", "sexe", "genre"),
    }
)


def questions_for(meeting: Meeting) -> list[Question]:
    """The questions of the meeting's own that a cell can answer: no file, and none that is sealed, for rows are not."""
    return [one for one in asked_of_people(meeting) if one.kind != FILE and not one.is_sealed]


def sealed_questions(meeting: Meeting) -> list[str]:
    """The questions, in words, that no cell answers because their answers are sealed."""
    return [f"“{name_of(one)}”" for one in asked_of_people(meeting) if one.is_sealed]


def choices_for(meeting: Meeting, questions: Sequence[Question]) -> dict[str, str]:
    """What a column can be, by code, in the reader's language; the meeting's own questions last."""
    own = {one.code: in_language(one.label, language(), meeting.written_in)[0] for one in questions}
    return {code: str(words) for code, words in FIELDS.items()} | own


def guessed(heads: Sequence[str], questions: Sequence[Question], before: Mapping[str, str]) -> list[str]:
    """What each of these columns is by its heading, "" for what nobody knows; nothing twice.

    `before` has what an earlier file of the meeting was put right to, by the heading.
    """
    own = {search_key(label): one.code for one in questions for label in one.label.values()}
    ours, known = _headings_of_lists(), {**_headings(), **own}
    keys = [search_key(head) for head in heads]
    is_our_list = REPRESENTS in {ours.get(key) for key in keys}
    found = list[str]()
    for key in keys:
        code = before.get(key, (ours if is_our_list else {}).get(key, known.get(key, "")))
        code = "" if code in OURS else code
        found.append(code if code not in found else "")
    if REPRESENTS not in found and "organization" in found:  # a list of people of organizations
        found[found.index("organization")] = REPRESENTS
    return found


def headings(heads: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """What each heading of a file was said to be, by the heading as it is compared."""
    return {
        search_key(str(head)): str(code) for head, code in zip(heads, columns, strict=False) if search_key(str(head))
    }


@cache
def _headings() -> Mapping[str, str]:
    found = {search_key(words): code for code, several in ALSO.items() for words in several}
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {search_key(str(words)): code for code, words in LABELS.items() if code in FIELDS}
            found |= {search_key(str(words)): code for code, words in FIELDS.items()}
    return MappingProxyType(found)


@cache
def _headings_of_lists() -> Mapping[str, str]:
    """The headings of the lists that we write ourselves."""
    found = dict[str, str]()
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {search_key(str(words)): code for code, words in COLUMNS.items()}
    return MappingProxyType(found)
