"""Chapters of a meeting's own as values, and as JSON keeps them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import language

MOST_CHAPTERS = 30
LONGEST_CODE, LONGEST_TITLE = 20, 160
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class OwnChapter:
    """A chapter that outlines by the agenda have for this meeting; kinds of session name it by its code.

    `behind` is the code of the chapter that it follows; '' is the last one that tells of sessions. `former` has by
    language what the title said when it was translated, where the title says something else now.
    """

    code: str
    title: str  # in the language of the meeting
    behind: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # language -> title
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Its title in the reader's language, or in that of the meeting."""
        return self.texts.get(language()) or self.title

    def without(self, tongue: str) -> "OwnChapter":
        """The chapter without its title in this language."""
        texts, former = (
            {code: text for code, text in one.items() if code != tongue} for one in (self.texts, self.former)
        )
        return replace(self, texts=texts, former=former)

    def changed(
        self, title: str, behind: str, texts: Mapping[str, str], still_right: Collection[str] = ()
    ) -> "OwnChapter":
        """The chapter in these words; a text that stays while the title changes is older, until it is `still_right`."""
        stays = (code for code, text in texts.items() if text == self.texts.get(code) and code not in still_right)
        former = {code: self.former.get(code, self.title) for code in stays}
        former = {code: words for code, words in former.items() if words != title}
        return replace(self, title=title, behind=behind, texts=texts, former=former)


def chapters_from(found: Iterable[Record]) -> tuple[OwnChapter, ...]:
    """The chapters that a meeting keeps as JSON, in their order."""
    return tuple(
        OwnChapter(one["code"], one["title"], one["behind"], one["texts"], one.get("former", {})) for one in found
    )


def as_records(chapters: Sequence[OwnChapter]) -> list[Record]:
    """The same as JSON keeps them."""
    return [
        {"code": one.code, "title": one.title, "behind": one.behind, "texts": dict(one.texts)}
        | ({"former": dict(one.former)} if one.former else {})
        for one in chapters
    ]
