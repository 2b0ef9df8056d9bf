"""Attribution: how much of a source a report may say, and whether a text says more.

A report has a policy, a note has a ceiling, a session may be held under the Chatham House rule: the one that says
least holds. Nothing here reads the database; it looks at one revision of a note at a time.
"""

from collections.abc import Iterable

from eventapp.outcomes.draft import allowed_ceilings
from eventapp.outcomes.models import Revision
from eventapp.review.names import Names
from eventapp.review.wording import CATEGORY_NAMES
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.notes import CEILINGS, lowest_ceiling

PERSON, ORGANIZATION, CATEGORY, NOBODY = CEILINGS


def level_of(revision: Revision, policy: str) -> str:
    """Return how much may be said of this source under this policy: person, organization, category or nobody."""
    note = revision.note
    if note.current.off_record:
        return NOBODY
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
    levels = [(revision, level_of(revision, policy)) for revision in revisions]
    people = [name for revision, level in levels if level != PERSON for name in speakers(revision)]
    others = [name for revision, level in levels if level in (CATEGORY, NOBODY) for name in senders(revision)]
    return Names(people, others).found_in(text) if people or others else []


def never_named(revisions: Iterable[Revision], policy: str) -> Names:
    """Return the names of the speakers who may be named nowhere in a report, for no note of theirs allows it."""
    spoken = [(revision, speakers(revision)) for revision in revisions]
    named = {name for revision, names in spoken if level_of(revision, policy) == PERSON for name in names}
    return Names(name for _revision, names in spoken for name in names if name not in named)


def speakers(revision: Revision) -> list[str]:
    """Return the speaker's name in each way it is written."""
    names = [revision.speaker]
    if revision.role:
        names += [revision.role.name, revision.role.name_own]
    turned = [" ".join(reversed(name.split())) for name in names if len(name.split()) == 2]  # noqa: PLR2004
    return [name for name in dict.fromkeys(names + turned) if name]


def senders(revision: Revision) -> list[str]:
    """Return the names of what the speaker spoke for: organization, and the State whose representative spoke."""
    names = [revision.organization]
    if revision.role:
        names.append(revision.role.organization)
    for found in map(country, [revision.country, revision.role.country if revision.role else ""]):
        names += [found.name, found.short_name, found.name_in_2016] if found else []
    return [name for name in dict.fromkeys(names) if name]
