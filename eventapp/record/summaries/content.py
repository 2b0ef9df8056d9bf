"""What a session came to, in the form of the Internet Governance Forum, as one value; and what changed between two."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.record.notes.difference import Change, words_changed


@dataclass(frozen=True)
class Summary:
    """Key issues, a sentence each; a paragraph for each presentation, by the number of the role; what followed."""

    key_issues: tuple[str, ...] = ()
    presentations: tuple[tuple[int, str], ...] = ()
    discussion: str = ""
    divergence: str = ""
    way_forward: str = ""

    def __bool__(self) -> bool:
        return any((self.key_issues, self.presentations, self.discussion, self.divergence, self.way_forward))

    def content(self) -> Record:
        """The summary as JSON keeps it."""
        return {**asdict(self), "presentations": [list(one) for one in self.presentations]}

    @property
    def text(self) -> str:
        """All its words, a part a line."""
        presented = (text for _role, text in self.presentations)
        return "\n".join(
            filter(None, (*self.key_issues, *presented, self.discussion, self.divergence, self.way_forward))
        )

    def of(self, role_id: int) -> str:
        """What is said of this presentation."""
        return dict(self.presentations).get(role_id, "")


PARTS: Mapping[str, LazyString] = {
    "key_issues": _l("Key issues"),
    "presentations": _l("Presentations"),
    "discussion": _l("Discussion"),
    "divergence": _l("Agreement and divergence"),
    "way_forward": _l("Way forward"),
}


def summary_from(content: Record) -> Summary:
    """The summary that was kept as JSON; what is missing is empty."""
    return Summary(
        key_issues=tuple(content.get("key_issues") or ()),
        presentations=tuple((int(role), str(text)) for role, text in content.get("presentations") or ()),
        discussion=str(content.get("discussion") or ""),
        divergence=str(content.get("divergence") or ""),
        way_forward=str(content.get("way_forward") or ""),
    )


def describe(summary: Summary, names: Mapping[int, str]) -> dict[str, str]:
    """Each part that has words, by its name; a presentation by the name of who gave it."""
    parts: dict[str, str] = {str(PARTS["key_issues"]): "\n".join(summary.key_issues)}
    parts |= {names.get(role, str(PARTS["presentations"])): text for role, text in summary.presentations}
    parts |= {str(PARTS[name]): getattr(summary, name) for name in ("discussion", "divergence", "way_forward")}
    return parts


def changes(before: Summary, after: Summary, names: Mapping[int, str]) -> list[Change]:
    """Everything that differs between two summaries, part by part, word by word."""
    old, new = describe(before, names), describe(after, names)
    parts = dict.fromkeys([*old, *new])
    return [
        Change(part, words_changed(old.get(part, ""), new.get(part, "")))
        for part in parts
        if old.get(part, "") != new.get(part, "")
    ]
