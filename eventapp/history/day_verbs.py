"""What history says was done to the agenda and while its day ran."""

from eventapp.ground.text.i18n import _l

DAY_VERBS = (
    _l("asked for material"),
    _l("asked when they can take part"),
    _l("handed in material"),
    _l("withdrew material"),
    _l("said when they can take part"),
    _l("acknowledged warnings"),
    _l("set the hours of a room"),
    _l("began session"),
    _l("cancelled session"),
    _l("changed session"),
    _l("corrected the times of a session"),
    _l("ended session"),
    _l("left a change out of the letters"),
    _l("left a session"),
    _l("made session"),
    _l("opened a warning again"),
    _l("ran late"),
    _l("published moves at once"),
    _l("put a change back among the letters"),
    _l("restored session"),
    _l("sent letters of the day"),
    _l("set delay rule"),
    _l("set sign-up"),
    _l("signed up"),
    _l("stood in line"),
    _l("took back a delay"),
    _l("took back moves"),
)
