"""Somebody with a part in a session, as the file of a meeting has them."""

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.sessions.sub_items import SubItem
from eventapp.meeting_file.parts.people import RoleEntry, SubItemEntry
from eventapp.meeting_file.texts.entries import SubItemTexts


def entry_of_role(role: SpeakingRole) -> RoleEntry:
    """Return the part as the file has it."""
    return RoleEntry(
        role=role.role,
        name=role.name,
        own_name=role.name_own,
        own_language=role.name_language,
        position=role.position_held,
        organization=role.organization,
        country=role.country,
        email=role.person.email if role.person else "",
        state=role.state,
        illustrative=role.illustrative,
    )


def entry_of_sub_item(one: SubItem, session: Session) -> SubItemEntry:
    """Return a statement or presentation within a session as the file has it, with who has a part in that."""
    person = one.person if any(role.name == one.person for role in session.roles if role.ended_at is None) else ""
    texts = tuple(SubItemTexts(language=tongue, **words) for tongue, words in sorted(one.texts.items()))
    return SubItemEntry(
        title=one.title, minutes=one.minutes, after=one.after, person=person, link=one.link, texts=texts
    )


def sub_item_of(entry: SubItemEntry) -> SubItem:
    """Return the same as a session has it."""
    texts = {one.language: {"title": one.title} for one in entry.texts if one.title}
    return SubItem(entry.title, entry.minutes, entry.after, entry.person, entry.link, texts)
