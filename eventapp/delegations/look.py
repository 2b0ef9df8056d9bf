"""Which delegations a page shows: what its address says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.pages import Address

TO_DECIDE, MEMBERS, ASSOCIATES, STATES, ORGANIZATIONS, ALL = (
    "decide",
    "members",
    "associates",
    "states",
    "bodies",
    "all",
)
TABS = {
    TO_DECIDE: _l("To decide"),
    MEMBERS: _l("Members"),
    ASSOCIATES: _l("Associate members"),
    STATES: _l("Other States"),
    ORGANIZATIONS: _l("Organizations"),
    ALL: _l("All"),
}
MISSING, RECEIVED = "missing", "received"
ACCREDITED, OPEN = "accredited", "open"
PROTOCOL, ALPHABET = "protocol", "name"


@dataclass(frozen=True)
class Look:
    """Which delegations, in which order."""

    tab: str = ALL
    q: str = ""
    letter: str = ""
    accreditation: str = ""
    sort: str = PROTOCOL
    page: int = 1

    def address(self, **changes: object) -> Address:
        """The words of the address of this list with these changes; what is as usual is left out."""
        usual = asdict(Look())
        return {name: value for name, value in {**asdict(self), **changes}.items() if value != usual.get(name)}


def read_look(words: Mapping[str, str]) -> Look:
    """What an address asks for; what makes no sense counts for nothing."""

    def one_of(name: str, *known: str, otherwise: str = "") -> str:
        value = words.get(name, "")
        return value if value in known else otherwise

    return Look(
        tab=one_of("tab", *TABS, otherwise=ALL),
        q=words.get("q", "").replace("\0", "")[:200].strip(),
        letter=one_of("letter", MISSING, RECEIVED),
        accreditation=one_of("accreditation", ACCREDITED, OPEN),
        sort=one_of("sort", PROTOCOL, ALPHABET, otherwise=PROTOCOL),
        page=max(1, figure(words.get("page"))),
    )
