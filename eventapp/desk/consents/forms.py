from eventapp.ground.text.i18n import _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Text
from eventapp.meetings.consents.words import LONGEST, SHIPPED


class ConsentForm(Seen):
    """What stands in the form, in one language. A field that is left empty takes the shipped words."""

    official_list = Text(_l("What happens with the data"), most=LONGEST)
    lists_name = Text(_l("Beside the tick: public list"), most=LONGEST)
    shares_email = Text(_l("Beside the tick: address shown to other participants"), most=LONGEST)
    no_photographs = Text(_l("Beside the tick: no photographs"), most=LONGEST)

    def texts(self) -> dict[str, str]:
        """What was typed, by the name of the consent."""
        return {name: self[name].data or "" for name in SHIPPED}
