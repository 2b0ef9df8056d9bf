"""Attribution: how much of a source a report may say, and whether a text says more.

A report has a policy, a note has a ceiling, a session may be held under the Chatham House rule: the one that says
least holds. Nothing here reads the database; it looks at one revision of a note at a time.
"""

import re
import unicodedata
from collections.abc import Iterable

from eventapp.outcomes.draft import allowed_ceilings
from eventapp.outcomes.models import Revision
from eventapp.review.wording import CATEGORY_NAMES
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.notes import CEILINGS, lowest_ceiling

PERSON, ORGANIZATION, CATEGORY, NOBODY = CEILINGS
SHORTEST = 3  # letters of a name that can be looked for without finding it everywhere
HONORIFICS = r"\b(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|madam|h\.?e|ambassador|minister)\.? "


def level_of(revision: Revision, policy: str) -> str:
    """Return how much may be said of this source under this policy: person, organization, category or nobody."""
    note = revision.note
    of_the_session = allowed_ceilings(note.session.rule)[0]
    return lowest_ceiling(
        policy, revision.ceiling, note.current.ceiling, of_the_session
    )  # lowered later, it counts at once


def source_of(revision: Revision, policy: str) -> str:
    """Return who said it in a few words, as far as policy and ceiling allow; '' where nothing may be said."""
    level = level_of(revision, policy)
    sender = sender_of(revision)
    if level == PERSON and revision.speaker:
        return f"{revision.speaker} ({sender})" if sender else revision.speaker
    if level in (PERSON, ORGANIZATION) and sender:
        return sender
    return CATEGORY_NAMES.get(revision.stakeholder_type, "") if level != NOBODY else ""


def sender_of(revision: Revision) -> str:
    """Return whom the speaker spoke for: the State for a Government, else the organization."""
    state = state_of(revision.country or (revision.role.country if revision.role else ""))
    return state if state and revision.stakeholder_type == "government" else revision.organization or state


def state_of(iso3: str) -> str:
    """Return the name of a State in English, as a sentence uses it; '' for a code nobody knows."""
    found = country(iso3)
    return found.short_name if found else ""


def names_above(text: str, revisions: Iterable[Revision], policy: str) -> list[str]:
    """Return the names in this text that the policy or the ceiling of one of its sources does not allow."""
    searched = plain(text)
    found = [
        name
        for revision in revisions
        for name in hidden_names(revision, policy)
        if is_in(name, searched) or is_called(name, revision, searched)
    ]
    return list(dict.fromkeys(found))


def people_named(text: str, revisions: Iterable[Revision]) -> list[str]:
    """Return the speakers of these notes whose names stand in this text."""
    searched = plain(text)
    found = [
        name
        for revision in revisions
        for name in speakers(revision)
        if is_in(name, searched) or is_called(name, revision, searched)
    ]
    return list(dict.fromkeys(found))


def never_named(revisions: Iterable[Revision], policy: str) -> list[Revision]:
    """Return the notes whose speakers may be named nowhere in a report, for no note of theirs allows it."""
    spoken = [revision for revision in revisions if speakers(revision)]
    named = {plain(revision.speaker) for revision in spoken if level_of(revision, policy) == PERSON}
    return [revision for revision in spoken if plain(revision.speaker) not in named]


def hidden_names(revision: Revision, policy: str) -> list[str]:
    """Return every name that would say more of this source than is allowed."""
    level = level_of(revision, policy)
    names = [] if level == PERSON else speakers(revision)
    if level in (CATEGORY, NOBODY):
        names += senders(revision)
    return [name for name in dict.fromkeys(names) if len(name) >= SHORTEST]


def speakers(revision: Revision) -> list[str]:
    """Return the speaker's name in each way it is written."""
    names = [revision.speaker]
    if revision.role:
        names += [revision.role.name, revision.role.name_own]
    turned = [" ".join(reversed(name.split())) for name in names if len(name.split()) == 2]  # noqa: PLR2004
    return [name for name in dict.fromkeys(names + turned) if len(name) >= SHORTEST]


def senders(revision: Revision) -> list[str]:
    """Return the names of what the speaker spoke for: organization, and the State whose representative spoke."""
    names = [revision.organization]
    if revision.role:
        names.append(revision.role.organization)
    for found in map(country, [revision.country, revision.role.country if revision.role else ""]):
        names += [found.name, found.short_name, found.name_in_2016] if found else []
    return [name for name in names if name]


def is_called(name: str, revision: Revision, searched: str) -> bool:
    """Say whether a part of this speaker's name stands behind a title, such as "Ms. Haddad"."""
    if name not in speakers(revision):
        return False
    parts = [plain(part) for part in name.split() if len(part) >= SHORTEST]
    return any(re.search(HONORIFICS + re.escape(part) + r"\b", searched) for part in parts)


def is_in(name: str, searched: str) -> bool:
    """Say whether a name stands in a text as words of its own; both without accents and case."""
    return re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", searched) is not None


def plain(text: str) -> str:
    """Return the text as names are compared: one kind of space, dash and apostrophe, no case, no accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[’ʼ`]", "'", re.sub(r"[‐‑–—]", "-", letters)).split())
