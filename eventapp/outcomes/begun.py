"""An answer that is being typed behind a confirmation link: kept under it until it is sent, or the link is over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select

from eventapp.db import db, lock
from eventapp.outcomes.asked import OBJECTED, WORDED, Confirmation
from eventapp.outcomes.clearing import answerable
from eventapp.refusal import Refused
from eventapp.windows import goes_on
from eventapp.words import _

MOST_BEFORE = 5  # texts that are shown beside the form for one note


@dataclass(frozen=True)
class Begun:
    """The answer to one note as it stood at `seen`, not sent yet; half a sentence is welcome."""

    seen: int
    choice: str
    text: str = ""
    reason: str = ""
    before: tuple[str, ...] = ()  # what was written here earlier, of other words of the note or in another window

    @property
    def words(self) -> str:
        """What was written for the answer that is chosen."""
        return {WORDED: self.text, OBJECTED: self.reason}.get(self.choice, "")

    def after(self, older: "Begun | None", *, is_other: bool) -> "Begun":
        """This answer in the place of an older one: words of another window, or about another revision, stay."""
        if older is None:
            return self
        is_lost = older.words and older.words != self.words and (is_other or older.seen != self.seen)
        before = (*older.before, older.words) if is_lost else older.before
        return replace(self, before=tuple(dict.fromkeys(before))[-MOST_BEFORE:])


def begun_of(asked: Confirmation) -> dict[int, Begun]:
    """What was typed behind this link and not sent, by the number of the note."""
    return {int(note): Begun(**{**one, "before": tuple(one["before"])}) for note, one in asked.begun.items()}


def keep_begun(
    asked: Confirmation, answers: Mapping[int, Begun], *, base: int, at: datetime, over: bool = False, mark: str = ""
) -> int:
    """Keep what is in the form behind this link. Returns the new version of it. Nothing of it is in the record.

    `base` is the version it was written from: where another window or device was faster, it is refused, and nothing is
    overwritten; a later text of the same window, told by its `mark`, is taken. With `over` it takes the place of the
    other text, whose words stay beside it. Refused where the link is over.
    """
    lock(asked)
    answerable(asked, at)
    older, is_later = begun_of(asked), goes_on(asked.begun_mark, mark)
    if all(
        number in older and older[number] == replace(one, before=older[number].before)
        for number, one in answers.items()
    ):
        return asked.begun_version
    if is_split(asked, base=base, mark=mark):
        raise Refused(_("This answer was changed in another window or on another device since you opened it here."))
    is_other = over and not is_later
    newer = {number: one.after(older.get(number), is_other=is_other) for number, one in answers.items()}
    asked.begun = {str(number): asdict(one) for number, one in {**older, **newer}.items()}
    asked.begun_at, asked.begun_mark = at, mark
    asked.begun_version += 1
    return asked.begun_version


def is_split(asked: Confirmation, *, base: int, mark: str) -> bool:
    """Whether something is kept behind this link that was written elsewhere, after what has this base and mark."""
    return asked.begun_at is not None and base != asked.begun_version and not goes_on(asked.begun_mark, mark)


def due_forgetting(at: datetime) -> Select[Confirmation]:
    """Links that ended by themselves with words behind them that were not sent, the first to end first."""
    return (
        select(Confirmation)
        .where(Confirmation.begun_at.is_not(None), Confirmation.expires_at <= at)
        .order_by(Confirmation.expires_at, Confirmation.id)
        .limit(1)
    )


def forget_next(at: datetime) -> int:
    """Forget what was typed behind one link that has ended and can be read by nobody. Returns 1, or 0."""
    asked = db.session.scalar(due_forgetting(at).with_for_update(skip_locked=True))
    if asked is None:
        return 0
    asked.forget_begun()
    return 1
