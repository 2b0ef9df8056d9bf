"""What history says was done to a delegation, by organizers and by its focal points, and to invitations."""

from eventapp.ground.text.i18n import _l

DELEGATION_VERBS = (
    _l("accredited a delegation"),
    _l("added the letter of a delegation"),
    _l("confirmed a member"),
    _l("deleted the letter of a delegation"),
    _l("dropped a name of a delegation"),
    _l("ended a focal point"),
    _l("invited a focal point"),
    _l("declined an invitation"),
    _l("ended an invitation"),
    _l("invited a group to register"),
    _l("invited to register"),
    _l("reminded of invitations"),
    _l("merged a delegation"),
    _l("nominated"),
    _l("put in order"),
    _l("renamed a delegation"),
    _l("replaced"),
    _l("sent a focal point a new link"),
    _l("got a place"),
    _l("set the rules for delegations"),
    _l("set the places of a delegation"),
    _l("took an accreditation back"),
)
