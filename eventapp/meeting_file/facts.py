"""From the words of a meeting file to the facts the actions of `meetings` take."""

from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.facts import (
    BodyFacts,
    CategoryFacts,
    DocumentFacts,
    KindFacts,
    MastheadFacts,
    MeetingFacts,
    MeetingMastheadFacts,
    PartFacts,
    RoomFacts,
)


def of_meeting(file: MeetingFile) -> MeetingFacts:
    """The meeting itself."""
    return MeetingFacts(
        title=file.title,
        short_title=file.short_title,
        symbol=file.symbol,
        starts_on=file.starts,
        ends_on=file.ends,
        zone=file.zone,
        city=file.city,
        country=file.country,
        venue=file.venue,
        address=file.address,
        organization=file.organization,
        contact_email=file.contact,
        mandate=list(file.mandate),
        purpose=list(file.purpose),
        objectives=list(file.objectives),
        content_blocks=list(file.content_blocks),
        outcomes_go_to=list(file.outcomes_go_to),
        languages=list(file.languages),
        illustrative=file.illustrative or None,
        capacity=file.capacity,
        registration_opens_at=file.registration_opens,
        registration_closes_at=file.registration_closes,
    )


def of_bodies(file: MeetingFile) -> dict[str, BodyFacts]:
    """Bodies by code, in the order of the file."""
    return {
        one.code: BodyFacts(code=one.code, name=one.name, position=place)
        for place, one in enumerate(file.bodies, start=1)
    }


def of_masthead(file: MeetingFile) -> MeetingMastheadFacts:
    """The head of the meeting's papers."""
    return MeetingMastheadFacts(
        organs=list(file.organs),
        session_name=file.session_name,
        agenda_item=file.agenda_item,
        distribution=file.distribution,
        original_language=file.original_language,
    )


def of_mastheads(file: MeetingFile) -> dict[str, MastheadFacts]:
    """The heads of the papers of its bodies, by code."""
    return {
        one.code: MastheadFacts(organs=list(one.organs), session_name=one.session_name, agenda_item=one.agenda_item)
        for one in file.bodies
    }


def of_rooms(file: MeetingFile) -> dict[str, RoomFacts]:
    """Rooms by code, in the order of the file."""
    return {
        one.code: RoomFacts(code=one.code, name=one.name, seats=one.seats, where=one.where, position=place)
        for place, one in enumerate(file.rooms, start=1)
    }


def of_kinds(file: MeetingFile) -> dict[str, KindFacts]:
    """Kinds of session by code, in the order of the file."""
    return {
        one.code: KindFacts(
            code=one.code, name=one.name, colour=one.colour, shape=one.shape, chapter=one.chapter, position=place
        )
        for place, one in enumerate(file.kinds, start=1)
    }


def of_categories(file: MeetingFile) -> dict[str, CategoryFacts]:
    """Categories by code."""
    return {
        one.code: CategoryFacts(
            code=one.code,
            name=one.name,
            stakeholder_type=one.stakeholder_type,
            represents=one.represents,
            capacity=one.capacity,
            colour=one.colour,
            ink=one.ink,
            letter=one.letter,
            shape=one.shape,
            protocol_order=one.protocol_order,
            credential=one.credential,
            needs_approval=one.needs_approval,
            needs_letter=one.needs_letter,
            takes_registrations=one.takes_registrations,
        )
        for one in file.categories
    }


def of_documents(file: MeetingFile) -> dict[str, DocumentFacts]:
    """Documents by symbol, in the order of the file."""
    return {
        one.symbol: DocumentFacts(
            symbol=one.symbol,
            title=one.title,
            address=one.address,
            position=place,
            kind=one.kind,
            agenda_item=one.agenda_item,
            audience=one.audience,
        )
        for place, one in enumerate(file.documents, start=1)
    }


def of_parts(file: MeetingFile) -> tuple[list[PartFacts], ...]:
    """Bodies, rooms, kinds, categories and documents, each in the order of the file."""
    listed = (of_bodies(file), of_rooms(file), of_kinds(file), of_categories(file), of_documents(file))
    return tuple(list[PartFacts](each.values()) for each in listed)
