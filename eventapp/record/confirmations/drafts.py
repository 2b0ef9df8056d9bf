"""An answer that is being typed behind a confirmation link: kept under it until it is sent, or the link is over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select

from eventapp.drafts.actions import Sent, Slot, find, keep, throw_away
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.drafts.tabs import is_later
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.record.confirmations.models import OBJECTED, WORDED, Confirmation

MOST_BEFORE = 5  # texts that are shown beside the form for one note


@dataclass(frozen=True)
class AnswerDraft:
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

    def after(self, older: "AnswerDraft | None", *, is_other: bool) -> "AnswerDraft":
        """This answer in the place of an older one: words of another window, or about another revision, stay."""
        if older is None:
            return self
        is_lost = older.words and older.words != self.words and (is_other or older.seen != self.seen)
        before = (*older.before, older.words) if is_lost else older.before
        return replace(self, before=tuple(dict.fromkeys(before))[-MOST_BEFORE:])


def answers_typed(asked: Confirmation) -> dict[int, AnswerDraft]:
    """What was typed behind this link and not sent, by the number of the note."""
    return {int(note): AnswerDraft(**{**one, "before": tuple(one["before"])}) for note, one in asked.content.items()}


def keep_answers(asked: Confirmation, answers: Mapping[int, AnswerDraft], sent: Sent, *, at: datetime) -> Draft | None:
    """Keep what is in the form behind this link. Nothing of it is in the record.

    Where it takes the place of another window's text, the words of that stay beside it. Refused where another window or
    device was faster, and where the link is over.
    """
    lock(asked)
    answerable(asked, at)
    older = answers_typed(asked)
    is_other = sent.over and not is_later(asked.mark, sent.mark)
    newer = {number: one.after(older.get(number), is_other=is_other) for number, one in answers.items()}
    content = {str(number): asdict(one) for number, one in {**older, **newer}.items()}
    return keep(slot_of(asked), content, sent, at=at).draft


def answerable(asked: Confirmation, at: datetime) -> None:
    """Refuse a link that was answered, is too old or was ended."""
    if not asked.is_open(at):
        raise Refused(_("This link was answered already, is older than 24 hours or was ended. Ask the secretariat."))


def slot_of(asked: Confirmation) -> Slot:
    """Where what is typed behind this link is kept."""
    return Slot(asked.draft_kind, asked.session_id, asked.id)


def is_split(asked: Confirmation, sent: Sent) -> bool:
    """Whether something is kept behind this link that was written elsewhere, after what is sent so."""
    return asked.typed_at is not None and sent.version != asked.version and not is_later(asked.mark, sent.mark)


def forget_answers(asked: Confirmation, at: datetime) -> None:
    """What was typed behind this link and not sent is gone."""
    draft = find(slot_of(asked))
    if draft is not None:
        throw_away(draft, at=at)


def due_forgetting(at: datetime) -> Select[Confirmation]:
    """Links that ended by themselves with words behind them that were not sent, the first to end first."""
    return (
        select(Confirmation)
        .join(Confirmation.draft)
        .where(*OPEN, Confirmation.expires_at <= at)
        .order_by(Confirmation.expires_at, Confirmation.id)
        .limit(1)
    )


def forget_next(at: datetime) -> int:
    """Forget what was typed behind one link that has ended and can be read by nobody. Returns 1, or 0."""
    asked = db.session.scalar(due_forgetting(at).with_for_update(skip_locked=True, of=Confirmation))
    if asked is None:
        return 0
    forget_answers(asked, at)
    return 1
