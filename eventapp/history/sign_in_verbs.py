"""What history says was done to how people sign in, and to whether they may."""

from eventapp.ground.text.i18n import _l

SIGN_IN_VERBS = (
    _l("added passkey"),
    _l("disabled person"),
    _l("enabled person"),
    _l("ended administrator"),
    _l("gave second factor"),
    _l("made administrator"),
    _l("made recovery codes"),
    _l("named passkey"),
    _l("refused second factor"),
    _l("removed passkey"),
    _l("reset second factor"),
    _l("signed in"),
    _l("signed out"),
    _l("used recovery code"),
)
