"""The modules whose blueprints the agenda has."""

from types import ModuleType

from eventapp.agenda import manage, views
from eventapp.agenda.availability import manage as availability_manage
from eventapp.agenda.availability import views as availability
from eventapp.agenda.exports import views as exports
from eventapp.agenda.exports.printing import views as prints
from eventapp.agenda.imports import manage as imports
from eventapp.agenda.releases import manage as releases
from eventapp.agenda.rights import manage as rights
from eventapp.agenda.rights import views as editing
from eventapp.agenda.roles import manage as parts
from eventapp.agenda.room_hours import manage as room_hours
from eventapp.agenda.running import views as running
from eventapp.agenda.sessions import manage as cancelling
from eventapp.agenda.swapping import manage as swapping
from eventapp.agenda.taking_back import manage as taking_back
from eventapp.agenda.warnings import manage as warnings
from eventapp.agenda.zones import manage as zones

PAGES: tuple[ModuleType, ...] = (
    views,
    availability,
    availability_manage,
    exports,
    prints,
    imports,
    manage,
    cancelling,
    parts,
    releases,
    rights,
    editing,
    room_hours,
    running,
    swapping,
    taking_back,
    warnings,
    zones,
)
