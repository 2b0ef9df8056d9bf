"""What organizers type about a delegation."""

from datetime import datetime

from wtforms import Field, FileField, SelectField

from eventapp.delegations.actions import LetterFacts
from eventapp.delegations.queries import choices_beside
from eventapp.drafts.held.fields import HoldsFiles, held_for
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Day, Form, Line, Text, WholeNumber
from eventapp.ground.web.redraw.state import only_redraws
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.registration.models import LETTER, Delegation, Upload
from eventapp.registration.uploads.reading import MEGABYTE, MOST_BYTES, copied, taken
from eventapp.vocabulary.participants import DELEGATION_ROLES

MOST_MEGABYTES = MOST_BYTES[LETTER] // MEGABYTE


class PlacesForm(Seen):
    """How many people may come."""

    places = WholeNumber(_l("Places"), least=0)

    @classmethod
    def of(cls, delegation: Delegation) -> "PlacesForm":
        """The form with what is set now."""
        by_role = {f"places_{role}": most for role, most in delegation.role_places.items()}
        form = cls(None, places=delegation.places, **by_role)
        form.seen.data = mark_of(form)
        return form

    @property
    def by_role(self) -> list[Field]:
        """The field of each role, in order of protocol."""
        return [self[f"places_{role}"] for role in DELEGATION_ROLES]

    @property
    def roles(self) -> dict[str, int]:
        """How many places in which role were typed."""
        typed = {role: self[f"places_{role}"].data for role in DELEGATION_ROLES}
        return {role: most for role, most in typed.items() if most is not None}


for _role, _term in DELEGATION_ROLES.items():
    setattr(PlacesForm, f"places_{_role}", WholeNumber(_term.words, least=0))


class AccreditForm(Form):
    """Why a delegation is accredited although something stands against it."""

    why = Text(_l("Why all the same"), most=1000)


class NameForm(Form):
    """What an organization is called."""

    name = Line(_l("Name"), required=_l("Write the name."), most=200)


class MergeForm(Form):
    """The delegation that stays."""

    into = SelectField(_l("Delegation that stays"), coerce=int)

    def offer(self, delegation: Delegation) -> None:
        """Give the field its choices."""
        self.into.choices = [(0, _("Choose")), *choices_beside(delegation)]


class LetterForm(HoldsFiles):
    """The letter for the whole delegation."""

    letter = FileField(_l("Note verbale or letter"))
    reference = Line(_l("Its number"), most=80)
    dated = Day(_l("Dated"))

    def facts(self) -> LetterFacts:
        """What is written on it."""
        return LetterFacts(self.reference.data or "", self.dated.data)

    def received(self, *, at: datetime) -> Upload | None:
        """The file, checked, or held from the last sending. What is wrong with it stands beside the field."""
        sent, held = uploaded(LETTER), held_for(self, [LETTER], at=at)
        if sent is None and LETTER in held:
            return copied(LETTER, held[LETTER])
        try:
            if sent is not None:
                return taken(LETTER, sent)
            self.letter.errors = [] if only_redraws() else [_("Choose the file.")]
        except Unfit as unfit:
            self.letter.errors = [str(unfit)]
        return None
