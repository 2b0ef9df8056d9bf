"""Speakers on Today who are not registered."""

from collections.abc import Iterator

from eventapp.desk.attention.lines import NAMED, Line, Look
from eventapp.ground.text.i18n import _, ngettext
from eventapp.registration.invitations.speakers.queries import counted, first_names


def unregistered(look: Look) -> Iterator[Line]:
    """Whoever has a role in a session to come and is not registered; of whom nobody has an address, at the end."""
    found = counted(look.meeting, look.at)
    if found.people:
        names = ", ".join(first_names(look.meeting, look.at, NAMED)) + (" …" if found.people > NAMED else "")
        yield Line(
            tone="wait" if found.to_invite else "off",
            when=_("Now"),
            at=look.at,
            what=ngettext("%(num)d speaker is not registered", "%(num)d speakers are not registered", found.people),
            why=names if found.to_invite else _("%(names)s. Everybody is invited.", names=names),
            verb=_("Invite %(count)d", count=found.to_invite) if found.to_invite else _("See who"),
            endpoint="speakers.index",
        )
    elif found.nameless:
        yield Line(
            tone="off",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d role is somebody’s without an address",
                "%(num)d roles are somebody’s without an address",
                found.nameless,
            ),
            why=_("Nobody can invite them, and their registration is not found."),
            verb=_("See who"),
            endpoint="speakers.index",
        )
