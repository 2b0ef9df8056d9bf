"""What an organizer or a meeting file says about a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.questions.kinds import ALL, WITH_CHOICES, seals

Texts = dict[str, str]  # language → text; a language without one is left out


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to choose; without places there is no limit. A new one has no code yet."""

    code: str = ""
    label: Texts
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Asked only where another question has this answer, or has not; answer "" stands for any answer at all."""

    question: str  # its code
    compared: str
    answer: str = ""

    def to_record(self) -> Record:
        return {"question": self.question, "compared": self.compared, "answer": self.answer}


@dataclass(frozen=True, kw_only=True)
class QuestionContent:
    """All that can be said about a question. No categories: everybody is asked."""

    kind: str
    stage: str
    label: Texts
    help: Texts = field(default_factory=dict)
    section: Texts = field(default_factory=dict)
    agreement: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    categories: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    match: str = ALL  # of these conditions: all, or any
    is_required: bool = False
    is_personal: bool = False
    retention_days: int | None = None  # None: as long as the registration

    @property
    def is_sealed(self) -> bool:
        """Whether the database will hold its answers sealed."""
        return seals(self.stage, self.kind)

    def columns(self) -> Record:
        """What the row of the question holds, by column: all that is not part of its words."""
        return {
            "kind": self.kind,
            "stage": self.stage,
            "help": self.help,
            "section": self.section,
            "categories": list(self.categories),
            "condition": self.condition(),
            "is_required": self.is_required,
            "is_personal": self.is_personal,
            "retention_days": self.retention_days if self.is_personal else None,
        }

    def condition(self) -> Record:
        """On what it depends, as the row holds it; {} where it is always asked."""
        if not self.conditions:
            return {}
        match = self.match if len(self.conditions) > 1 else ALL
        return {"match": match, "of": [one.to_record() for one in self.conditions]}

    def words(self) -> Record:
        """What the people who are asked agree or answer to: a change of it makes a new version."""
        choices = self.choices if self.kind in WITH_CHOICES else ()
        return {
            "label": self.label,
            "agreement": self.agreement,
            "choices": [{"code": one.code, "label": one.label} for one in choices],
        }


def in_language(texts: Mapping[str, str], language: str, first: str) -> tuple[str, str]:
    """The text for a reader of this language and the language it is in: else the first of the meeting, else any."""
    code = next((one for one in (language, first, *texts) if texts.get(one)), first)
    return texts.get(code, ""), code
