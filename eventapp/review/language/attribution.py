"""Attribution: how much of a source a report may say, and whether a text says more.

A report has a policy, a note has a ceiling, a session may be held under the Chatham House rule: the one that says
least holds. Nothing here reads the database; it looks at one revision of a note at a time.
"""

from collections.abc import Iterable, Sequence

from eventapp.agenda.models import SpeakingRole
from eventapp.record.notes.attribution import ceiling_under
from eventapp.record.notes.content import allowed_ceilings
from eventapp.record.notes.models import Revision
from eventapp.review.language.data import FOLDERS
from eventapp.review.language.names import NONE, Allowed, Names
from eventapp.review.language.wording import CATEGORY_NAMES, in_lists
from eventapp.review.reading.delegations import Source, country_of, sender_of, state_of
from eventapp.review.reports.noted import ClearedVoice
from eventapp.vocabulary.countries import country, names_in
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
    sender = in_lists(sender_of(revision))
    if level == PERSON and revision.speaker:
        return f"{revision.speaker} ({sender})" if sender else revision.speaker
    if level in (PERSON, ORGANIZATION) and sender:
        return sender
    return CATEGORY_NAMES.get(revision.stakeholder_type, "") if level != NOBODY else ""


def affiliation_of(role: SpeakingRole) -> str:
    """Return where somebody on the programme is from: organization and State, for a Ministry of Finance has many."""
    state = state_of(role.country)
    parts = (in_lists(role.organization), in_lists(state) if state not in role.organization else "")
    return ", ".join(part for part in parts if part)


def names_above(text: str, revisions: Iterable[Revision], policy: str, allowed: Allowed = NONE) -> list[str]:
    """Return the names in this text that the policy or the ceiling of one of its sources does not allow."""
    return above(revisions, policy, allowed).found_in(text)


def above(revisions: Iterable[Revision], policy: str, allowed: Allowed = NONE) -> Names:
    """Return the names that the policy or the ceiling of one of these sources does not allow to say.

    `allowed` are those that may be said in the same text; without them, those that these sources allow.
    """
    levels = [(revision, level_of(revision, policy)) for revision in revisions]
    people = [name for revision, level in levels if level != PERSON for name in speakers(revision)]
    others = [name for revision, level in levels if level in (CATEGORY, NOBODY) for name in senders(revision)]
    return Names(people, others, _allowed(levels) if allowed is NONE else allowed)


def never_named(revisions: Iterable[Revision], policy: str) -> Names:
    """Return the names of the speakers who may be named nowhere in a report, for no note of theirs allows it.

    Beside them stand the names that may be said: a part that both have is nobody's for certain.
    """
    return _never_named([(revision, level_of(revision, policy)) for revision in revisions])


def never_named_of(voices: Iterable[ClearedVoice], policy: str) -> Names:
    """Return the same of the sources of notes, without these."""
    return _never_named([(one, lowest_ceiling(policy, ceiling_under(one.rule, one.ceiling))) for one in voices])


def _never_named(spoken: Sequence[tuple[Source, str]]) -> Names:
    named = {name for revision, level in spoken if level == PERSON for name in speakers(revision)}
    unnamed = (name for revision, _level in spoken for name in speakers(revision) if name not in named)
    return Names(unnamed, allowed=_allowed(spoken))


def merely_present(people: Iterable[str], revisions: Iterable[Revision], policy: str, allowed: Allowed) -> Names:
    """Return the names of those of these people whom no note lets name, where the policy names nobody unasked.

    They moderate, open and close, or spoke without a note: a report may have reason to name them, and may not mean to.
    """
    if policy == PERSON:
        return Names(())
    known = {name for revision in revisions for name in speakers(revision)}
    return Names(set(people) - known, allowed=allowed)


def _allowed(levels: Sequence[tuple[Source, str]]) -> Allowed:
    """Return the names that may be said of these sources."""
    people = {name for revision, level in levels if level == PERSON for name in speakers(revision)}
    others = {name for revision, level in levels if level in (PERSON, ORGANIZATION) for name in senders(revision)}
    return Allowed([*sorted(people), *sorted(others)])


def speakers(revision: Source) -> list[str]:
    """Return the speaker's name in each way the record has it."""
    names = [revision.speaker]
    if revision.role:
        names += [revision.role.name, revision.role.name_own]
    return [name for name in dict.fromkeys(names) if name]


def senders(revision: Source) -> list[str]:
    """Return the names of what the speaker spoke for: organization, and the State whose representative spoke."""
    names = [revision.organization]
    if revision.role:
        names.append(revision.role.organization)
    for found in map(country, {country_of(revision): 0, revision.role.country if revision.role else "": 0}):
        names += (*found.names, *(way for one in FOLDERS for way in names_in(found, one))) if found else ()
    return [name for name in dict.fromkeys(names) if name]
