"""The sorts of personal data that are deleted after a meeting: how long each is kept, and within which bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from eventapp.ground.text.i18n import LazyString, _l

PHONES, NEEDS, PHOTOS, LETTERS = "phones", "needs", "photos", "letters"
REMARKS, ANSWERS, NOMINEES, NETWORKING = "remarks", "answers", "nominees", "networking"
INVITATIONS = "invitations"
LANGUAGES, TITLES, UNITS, GENDER = "languages", "titles", "units", "gender"
EMAILS = "emails"  # their text goes so long after each was sent as the installation says, not after the meeting
AVAILABILITY = "availability"  # when people can take part: goes with their needs
USUAL = 30  # days after the last day of the meeting
TWO_YEARS, TEN_YEARS = 730, 3650  # of what lists and commitments are still made of when the meeting is over


@dataclass(frozen=True)
class Sort:
    """One sort of personal data."""

    code: str
    words: LazyString = field(compare=False, repr=False)
    most: int  # days; what tells most of a person may be kept for the shortest time
    usual: int = USUAL
    is_new: bool = False  # was kept for ever before there were days for it: not before Meeting.terms_from

    @property
    def label(self) -> str:
        """Return what it is in the reader's language."""
        return str(self.words)


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        one.code: one
        for one in (
            Sort(PHONES, _l("Telephone numbers"), 365),
            Sort(NEEDS, _l("What people need: access and food"), 90),
            Sort(LANGUAGES, _l("Languages that people ticked"), 365, is_new=True),
            Sort(PHOTOS, _l("Photographs"), 180),
            Sort(LETTERS, _l("Letters of people and of delegations"), 730),
            Sort(ANSWERS, _l("Answers to personal questions, and files that answer a question"), 365),
            Sort(REMARKS, _l("Notes of organizers on registrations"), 365),
            Sort(NOMINEES, _l("The list of nominees"), 365),
            Sort(INVITATIONS, _l("Invitations of people who did not register"), 365, is_new=True),
            Sort(NETWORKING, _l("Offers, needs and requests to meet"), 365),
            Sort(TITLES, _l("Job titles"), TEN_YEARS, TWO_YEARS, is_new=True),
            Sort(UNITS, _l("Ministries and units"), TEN_YEARS, TWO_YEARS, is_new=True),
            Sort(GENDER, _l("Gender"), TEN_YEARS, TWO_YEARS, is_new=True),
        )
    }
)
GOING_WITH: Mapping[str, tuple[str, ...]] = MappingProxyType({NEEDS: (AVAILABILITY,)})  # by the days of another sort
# What is counted -> the sort whose days it has.
COUNTED = {one: sort for sort in SORTS for one in (sort, *GOING_WITH.get(sort, ()))}
