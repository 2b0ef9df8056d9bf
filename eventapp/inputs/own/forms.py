"""The form of an input with the questions of the meeting's own that stand in it."""

from collections.abc import Mapping, Sequence

from wtforms import Field

from eventapp.ground.text.policy import fault_in
from eventapp.ground.web.forms import Line, Typed
from eventapp.inputs.answers.queries import answered_before, category_of, files_of_answers
from eventapp.inputs.content import Contribution, contribution_from
from eventapp.inputs.forms import InputForm
from eventapp.inputs.models import Input
from eventapp.meetings.themes.content import Themes
from eventapp.meetings.themes.queries import themes_of
from eventapp.questions.kinds import FILE, INPUT
from eventapp.questions.queries import questions_of
from eventapp.registration.forms.questions import AnswersForm, answers_form
from eventapp.registration.models import Upload


class AskingForm(InputForm):
    """An input, and what the meeting asks beside it: `asked` has those fields."""

    def __init__(
        self,
        asked: AnswersForm,
        category: str,
        typed: Typed = None,
        contribution: Contribution | None = None,
        *,
        themes: Themes,
        **more: object,
    ) -> None:
        super().__init__(typed, contribution, themes=themes, **more)
        self.asked, self.category = asked, category
        self.files: list[Upload] = []  # that came as answers

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of the field, sentence), those of the questions last."""
        return [*super().faults, *self.asked.faults]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be sent, every question that applies answered as it must be."""
        sound = super().validate(extra_validators)
        return self.asked.is_sound(self.category) and sound

    def forgive(self) -> None:
        """Take back what is wrong, for it is kept for later."""
        super().forgive()
        self.asked.forgive()

    def faults_in_draft(self) -> list[str]:
        """What stops a draft from being kept, of an answer too: a day that is none is not thrown away in silence."""
        faults = [fault for one in self.asked for fault in faults_of(one)]
        return [*super().faults_in_draft(), *faults, *self.asked.unfit.values()]

    def answers(self) -> Mapping[str, Sequence[str]] | None:
        """What was answered, of the questions that apply; None where nothing is asked."""
        return self.asked.given(self.category) if self.asked.questions else None


def faults_of(field: Field) -> list[str]:
    """What no draft may hold of this answer."""
    too_much = fault_in(field.data or "", most=field.most, lines=field.multiline) if isinstance(field, Line) else ""
    return [*map(str, field.process_errors), *filter(None, [too_much])]


def form_for(written: Input, typed: Typed = None) -> AskingForm:
    """The form of this input with what was typed; else as it is kept, to go on from."""
    category, before, themes = category_of(written), answered_before(written), themes_of(written.meeting)
    on_record = {**before, **written.content.get("answers", {})}
    questions = questions_of(written.meeting, INPUT)
    if any(one.kind == FILE for one in questions):  # what is on file, whatever a draft of before says
        there = {one.question.code: [one.value] for one in files_of_answers(written) if one.replaced_at is None}
        on_record |= {one.code: there.get(one.code, []) for one in questions if one.kind == FILE}
    asked = answers_form(typed, written.meeting, category, (INPUT,), on_record, asked=questions)
    if typed is not None:
        return AskingForm(asked, category, typed, themes=themes)
    contribution = contribution_from(written.content)
    is_public = written.public_since is not None
    form = AskingForm(asked, category, contribution=contribution, themes=themes, public=is_public)
    form.draft.data = str(written.version)
    return form
