"""What history says was done to the parts of a meeting in its settings, or by its file."""

from eventapp.ground.text.i18n import _l

SETTING_VERBS = (
    _l("added body"),
    _l("added category"),
    _l("added document"),
    _l("added kind of session"),
    _l("added room"),
    _l("changed body"),
    _l("changed category"),
    _l("changed document"),
    _l("changed kind of session"),
    _l("changed room"),
    _l("closed room"),
    _l("moved kind of session"),
    _l("moved document"),
    _l("opened room"),
    _l("removed body"),
    _l("removed category"),
    _l("removed document"),
    _l("removed kind of session"),
    _l("removed room"),
    _l("removed texts"),
)
