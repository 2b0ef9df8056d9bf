"""What has texts in several languages, and which of them are older than the first language's."""

from typing import Any, ClassVar

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from eventapp.ground.db.types import Base, Record


class Worded(Base):
    """A meeting or a part of it: some of its columns are texts, which stand in other languages in `texts`.

    `changed_since` has what a column said when its text in another language was written, where it says something else
    now: {"fr": {"title": "Spring review"}}.
    """

    __abstract__ = True

    in_languages: ClassVar[tuple[str, ...]]
    in_vocabulary: ClassVar[bool] = False  # whether what is shipped has many of these texts in other languages

    id: Mapped[int] = mapped_column(primary_key=True)
    texts: Mapped[Record] = mapped_column(default=dict)  # eventapp/ground/text/worded.py
    changed_since: Mapped[Record] = mapped_column(default=dict)


class InTexts(Worded):
    """What has no columns for its texts: `texts` has those of the first language too, and it may lack them.

    One of the texts is `text`; a language without it is not written yet.
    """

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)

    def language_for(self, code: str) -> str:
        """The language in which a reader of this one gets it: that, else the first it is written in."""
        written = [one for one, words in self.texts.items() if words.get("text")] or list(self.texts)
        return code if code in written or not written else written[0]

    def words_in(self, code: str) -> Record:
        """Its texts in this language."""
        return {**dict.fromkeys(self.in_languages, ""), **self.texts.get(code, {})}

    @property
    def first_language(self) -> str:
        """The first language it is written in."""
        return self.language_for("")

    @property
    def text(self) -> str:
        """The text in that language."""
        return str(self.words_in(self.first_language)["text"])


@event.listens_for(Worded, "before_update", propagate=True)
def follow(_mapper: Mapper[Any], connection: Connection, row: Worded) -> None:  # Any: a mapper of whichever table
    """Keep `changed_since` true, whoever changes a text: a form, a file, an editor."""
    before = was(row, "texts", connection) or {}
    found: Record = {}
    for tongue, words in row.texts.items():
        for name in row.in_languages:
            text, first = words.get(name), getattr(row, name)
            if not text or not first or text != before.get(tongue, {}).get(name):
                continue  # there is none, or it was written just now
            former = row.changed_since.get(tongue, {}).get(name) or was(row, name, connection)
            if former and former != first:
                found.setdefault(tongue, {})[name] = former
    if found != row.changed_since:
        row.changed_since = found


def was(row: Worded, name: str, connection: Connection) -> Any:  # of many types
    """What this column said before it was changed, what it says where it was not."""
    state = inspect(row)
    if name not in state.mapper.columns:  # of a page of information: its first language is among its texts
        texts: Record = was(row, "texts", connection) or {}
        first: Record = next(iter(texts.values()), {})
        return first.get(name)
    change = state.attrs[name].history
    if change.added and not change.deleted:  # it was never read
        return connection.scalar(select(state.mapper.columns[name]).where(type(row).id == row.id))
    return change.deleted[0] if change.deleted else getattr(row, name)
