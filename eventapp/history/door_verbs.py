"""What history says was done to the gates of a meeting, to the readings there, and to what is sealed."""

from eventapp.ground.text.i18n import _l

DOOR_VERBS = (
    _l("gate changed"),
    _l("gate closed"),
    _l("gate opened"),
    _l("held reading counted"),
    _l("held reading left out"),
    _l("contradiction looked at"),
    _l("excused somebody"),
    _l("took an excuse back"),
    _l("scan undone"),
    _l("took the attendance along"),
    _l("looked at sealed answers"),
    _l("took badges along"),
)
