from collections.abc import Sequence

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from eventapp.badges.answers import is_delicate, label_of, printable
from eventapp.badges.printing.layouts import HIGH, LAYOUTS, PARTS, WIDE, Design, Size, in_order
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Typed, WholeNumber
from eventapp.meetings.models import Meeting
from eventapp.questions.models import Question

ONE, BOTH = "one", "both"
MOST_ANSWERS = 4  # to questions of the meeting, on one side: for more there is no room


class LayoutForm(Seen):
    """In which size badges come out, and what is on each side."""

    size = SelectField(_l("Size"))
    wide = WholeNumber(_l("Width of the own size, in mm"))
    high = WholeNumber(_l("Height of the own size, in mm"))
    parts = SelectMultipleField(_l("On the badge, beside the name"))
    sides = SelectField(_l("Printed"))
    back = SelectMultipleField(_l("On the back, beside the name"))
    for_all = BooleanField(_l("Print answers that are personal too: everybody who stands before the bearer reads them"))

    def __init__(self, questions: Sequence[Question], typed: Typed = None, **values: object) -> None:
        super().__init__(typed, **values)
        self.questions = questions
        self.size.choices = [
            *(SelectChoice(size.value, str(layout.label)) for size, layout in LAYOUTS.items()),
            SelectChoice(Size.OWN.value, _("Own size, as written below")),
        ]
        self.sides.choices = [
            SelectChoice(ONE, _("On one side")),
            SelectChoice(BOTH, _("On both sides, the back as chosen below")),
        ]
        self.parts.choices = self.back.choices = [
            *(SelectChoice(name, str(label)) for name, label in PARTS.items()),
            *(SelectChoice(one.code, _("Answer: %(question)s", question=label_of(one))) for one in questions),
        ]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it is sound: a printer takes an own size, and a phone reads its code."""
        sound = bool(super().validate()) and self.has_sound_answers()
        if self.size.data != Size.OWN:
            return sound
        if not (self.wide.data and WIDE[0] <= self.wide.data <= WIDE[1]):
            self.wide.errors = [_("Write a width from %(least)s to %(most)s mm.", least=WIDE[0], most=WIDE[1])]
            sound = False
        if not (self.high.data and HIGH[0] <= self.high.data <= HIGH[1]):
            self.high.errors = [_("Write a height from %(least)s to %(most)s mm.", least=HIGH[0], most=HIGH[1])]
            sound = False
        return sound

    def has_sound_answers(self) -> bool:
        """Whether the answers have room, and those that are personal were chosen knowingly."""
        sound, codes = True, set[str]()
        for side in (self.parts, self.back) if self.sides.data == BOTH else (self.parts,):
            chosen = set(side.data or ()) - PARTS.keys()
            codes |= chosen
            if len(chosen) > MOST_ANSWERS:
                side.errors = [_("Choose %(most)s answers or fewer for one side.", most=MOST_ANSWERS)]
                sound = False
        delicate = [one for one in self.questions if one.code in codes and is_delicate(one)]
        if delicate and not self.for_all.data:
            names = ", ".join(f"“{label_of(one)}”" for one in delicate)
            self.for_all.errors = [
                _(
                    "Tick this, or leave out what is personal or seen by organizers alone: %(questions)s.",
                    questions=names,
                )
            ]
            sound = False
        return sound

    @property
    def design(self) -> Design:
        """What was chosen, once it is sound."""
        is_own, is_double = self.size.data == Size.OWN, self.sides.data == BOTH
        return Design(
            Size(self.size.data),
            in_order(self.parts.data or ()),
            in_order(self.back.data or ()) if is_double else None,
            *((int(self.wide.data or 0), int(self.high.data or 0)) if is_own else (0, 0)),
        )


def layout_form(meeting: Meeting, design: Design) -> LayoutForm:
    """The form of what stands now. What the back would have is offered before it is printed."""
    questions = printable(meeting, design.questions)
    form = LayoutForm(
        questions,
        None,
        size=design.size.value,
        wide=design.wide or None,
        high=design.high or None,
        parts=list(design.parts),
        sides=ONE if design.back is None else BOTH,
        back=list(design.parts if design.back is None else design.back),
        for_all=any(one.code in design.questions and is_delicate(one) for one in questions),
    )
    form.seen.data = mark_of(form)
    return form
