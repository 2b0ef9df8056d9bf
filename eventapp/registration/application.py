"""What somebody tells us about themselves, and how it differs from what they told us before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.text.policy import LINE_LENGTH, search_key
from eventapp.mail.mailbox import reaches_somebody
from eventapp.registration.models import Registration
from eventapp.vocabulary.countries import country, state_in
from eventapp.vocabulary.participants import DELEGATION_ROLES

# A change of one of these after approval is checked again; the others are the person's own business.
CHECKED = (
    "category",
    "delegation",
    "delegation_country",
    "delegation_role",
    "given_name",
    "family_name",
    "record_name",
    "badge_name",
    "own_name",
    "own_language",
    "organization",
    "job_title",
    "country",
)
FREE = (
    "phone",
    "languages",
    "access_needs",
    "dietary_needs",
    "gender",
    "lists_name",
    "shares_email",
    "may_be_photographed",
)
PRIVATE = ("phone", "access_needs", "dietary_needs")  # deleted after the meeting
IN_NO_HISTORY = (*PRIVATE, "languages", "gender")  # history never holds what they said
ELSEWHERE = ("category", "delegation", "delegation_country")  # kept in other rows than the registration's own

GENDERS = (("woman", _l("Woman")), ("man", _l("Man")), ("other", _l("In another way")), ("", _l("Do not say")))
GENDER_WORDS = {code: word for code, word in GENDERS if code}
LANGUAGES = (
    ("ar", _l("Arabic")),
    ("zh", _l("Chinese")),
    ("en", _l("English")),
    ("fr", _l("French")),
    ("ru", _l("Russian")),
    ("es", _l("Spanish")),
)

LABELS = {
    "category": _l("Type"),
    "delegation": _l("Represents"),
    "delegation_country": _l("Country represented"),
    "delegation_role": _l("Role"),
    "given_name": _l("Given names"),
    "family_name": _l("Family name"),
    "record_name": _l("Name in list"),
    "badge_name": _l("Name on badge"),
    "own_name": _l("Own script"),
    "own_language": _l("Language of the name"),
    "organization": _l("Organization"),
    "job_title": _l("Job title"),
    "country": _l("Country"),
    "phone": _l("Telephone"),
    "languages": _l("Languages"),
    "access_needs": _l("Access needs"),
    "dietary_needs": _l("Food"),
    "gender": _l("Gender"),
    "lists_name": _l("Public list"),
    "shares_email": _l("Shows email"),
    "may_be_photographed": _l("Photographs"),
}


@dataclass(frozen=True)
class Application:
    """What was typed, checked. `delegation_country` is ISO alpha-3 for a State, '' for an organization."""

    email: str
    category: str  # a code of the meeting's
    given_name: str
    family_name: str
    record_name: str
    delegation: str
    badge_name: str = ""
    delegation_country: str = ""
    delegation_role: str = ""
    own_name: str = ""
    own_language: str = ""
    organization: str = ""
    job_title: str = ""
    country: str = ""
    phone: str = ""
    languages: list[str] = field(default_factory=list)
    access_needs: str = ""
    dietary_needs: str = ""
    gender: str = ""
    lists_name: bool = False
    shares_email: bool = False
    may_be_photographed: bool = True  # nobody asked for none
    privacy_notice: date | None = None  # the version that the person's own form led to
    consent_wording: int | None = None  # the version of the consents that it showed; None: the shipped words
    answers: Mapping[str, list[str]] | None = None  # to the meeting's own questions; None where none was asked

    @property
    def represents(self) -> tuple[str, str]:
        """The name of the delegation, and its country where it is a State's."""
        return self.delegation, self.delegation_country

    def facts(self) -> Record:
        """Every answer by the name of its field, without the address."""
        return {name: getattr(self, name) for name in CHECKED + FREE} | {
            "badge_name": self.badge_name or self.record_name
        }


def facts_of(registration: Registration) -> Record:
    """Every answer as it is on record."""
    facts: Record = {name: getattr(registration, name) for name in CHECKED + FREE if name not in ELSEWHERE}
    return facts | {
        "category": registration.category.code,
        "delegation": registration.delegation.name,
        "delegation_country": registration.delegation.country,
    }


def in_full(given_name: str, family_name: str) -> str:
    """The name in the list, where nobody typed another."""
    return f"{given_name} {family_name}".strip()[:LINE_LENGTH]


def typed_names(facts: Record) -> dict[str, str]:
    """The names in the list and on the badge, "" for one that was made of the others: it follows them."""
    listed, badge = str(facts["record_name"]), str(facts["badge_name"])
    made = in_full(str(facts["given_name"]), str(facts["family_name"]))
    return {"record_name": "" if listed == made else listed, "badge_name": "" if badge == listed else badge}


def differences(registration: Registration, application: Application) -> Record:
    """What the new answers change: field → [old, new]."""
    old, new = facts_of(registration), application.facts()
    return {name: [old[name], new[name]] for name in CHECKED + FREE if old[name] != new[name]}


def for_history(changes: Record) -> Record:
    """Changes as history may keep them for good: of what is private only that it changed."""
    return {name: None if name in IN_NO_HISTORY else pair for name, pair in changes.items()}


def write_down(registration: Registration, facts: Record) -> None:
    """Put answers on the row. Its category and delegation are given by the caller."""
    for name, value in facts.items():
        if name not in ELSEWHERE:
            setattr(registration, name, value)


def index(registration: Registration, delegation: str, email: str) -> None:
    """Keep what a search looks in."""
    names = (registration.record_name, registration.badge_name, registration.own_name)
    persons = (registration.given_name, registration.family_name, registration.organization)
    known = email if reaches_somebody(email) else ""
    registration.search_text = search_key(*names, *persons, delegation, known, registration.reference)


def describe(changes: Record, categories: dict[str, str]) -> list[tuple[str, str, str]]:
    """Changes as (what, before, after) in the reader's words; `categories` gives names to codes."""
    return [
        (str(LABELS[name]), in_words(name, old, categories), in_words(name, new, categories))
        for name, (old, new) in changes.items()
        if name != "own_language"
    ]


def in_words(name: str, value: object, categories: dict[str, str]) -> str:
    """One answer as a person reads it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(dict(LANGUAGES).get(one, one)) for one in value)
    text = str(value)
    if name in ("category", "gender"):
        return str({"": "", **(categories if name == "category" else GENDER_WORDS)}.get(text, text))
    if name == "delegation_role" and text in DELEGATION_ROLES:
        return DELEGATION_ROLES[text].label
    if name in ("country", "delegation_country"):
        found = country(text)
        return found.label if found else ""
    return state_in(text, language()) if name == "delegation" else text
