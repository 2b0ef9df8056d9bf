"""What organizers type for papers: templates, letterheads, and whose papers are to be issued."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from wtforms import BooleanField, FileField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.ground.text.i18n import _, _l, ngettext
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen, mark_of, mark_of_words
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.meetings.models import Meeting
from eventapp.personal_papers.content import shipped_text
from eventapp.personal_papers.kinds import INVITATION, KINDS, unknown_in
from eventapp.personal_papers.queries import REFERENCE, Chosen, numbers_fitting, states_of, template_of
from eventapp.registration.models import APPROVED
from eventapp.registration.uploads.reading import MEGABYTE, as_jpeg, refuse_large
from eventapp.vocabulary.tongues import TONGUES

MOST_MEGABYTES, SIDE = 5, 1600  # of a letterhead
MOST_FILTERS = 2000  # characters
NAMED = 10  # registrations in one sentence


class TemplateForm(Seen):
    """The text of a kind of paper, and who signs it."""

    text = Text(_l("Text"), required=_l("Write the text."), most=8000)
    signatory = Text(_l("Who signs"), most=300)

    def __init__(
        self, typed: Typed, answers: Collection[str] = (), files: Collection[str] = (), **values: object
    ) -> None:
        super().__init__(typed, **values)
        self.answers, self.files = answers, files

    def validate(self, extra_validators: object = None) -> bool:
        """Whether every word in braces has a value; one that stands for a file is told apart."""
        sound = bool(super().validate())
        unknown = unknown_in(self.text.data or "", self.answers)
        if wrong := [word for word in unknown if word not in self.files]:
            self.text.errors = [_("Nothing stands for %(words)s. Use the words listed below.", words=in_braces(wrong))]
        elif unknown:
            sentence = _(
                "%(words)s is answered with a file, and a file cannot stand in a text. "
                "Ask for what is to be printed in a question with a text as its answer.",
                words=in_braces(unknown),
            )
            self.text.errors = [sentence]
        return sound and not self.faults


def template_form(meeting: Meeting, kind: str, tongue: str) -> TemplateForm:
    """What such papers say now in this language: the words of the meeting, or those that are shipped."""
    row = template_of(meeting, kind, tongue)
    text, signatory = (row.text, row.signatory) if row else (shipped_text(kind, tongue), "")
    form = TemplateForm(None, text=text, signatory=signatory)
    form.seen.data = mark_of(form)
    return form


def in_braces(words: Sequence[str]) -> str:
    return ", ".join(f"{{{word}}}" for word in words)


class LetterheadForm(Seen):
    """The picture above a paper."""

    letterhead = FileField(_l("Letterhead, PNG or JPEG"))

    def picture(self) -> bytes:
        """The picture as a JPEG; b"" where there is none, or what is wrong with it stands beside the field."""
        sent = uploaded("letterhead")
        if sent is None:
            self.letterhead.errors = [_("Choose the file.")]
            return b""
        try:
            content = sent.stream.read(2 * MOST_MEGABYTES * MEGABYTE)
            refuse_large(content, MOST_MEGABYTES * MEGABYTE)
            return as_jpeg(content, ("PNG", "JPEG"), SIDE)
        except Unfit as unfit:
            self.letterhead.errors = [str(unfit)]
            return b""


def letterhead_form(meeting: Meeting, kind: str, tongue: str) -> LetterheadForm:
    """An empty form with a mark of the picture that stands above such papers now."""
    row = template_of(meeting, kind, tongue)
    form = LetterheadForm()
    form.seen.data = mark_of_words([("letterhead", sha256(row.letterhead if row else b"").hexdigest())])
    return form


class IssueForm(Form):
    """Which paper, in which language, for whom."""

    kind = SelectField(_l("Kind"))
    tongue = SelectField(_l("Language"))
    category = SelectField(_l("Category"))
    references = Line(_l("Only these registrations"), most=2000)
    filters = HiddenField()  # of the list of registrations that this page was opened from
    qr = BooleanField(_l("QR code of the agenda on nameplates and tent cards"))

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.meeting = meeting
        self.kind.choices = [SelectChoice(one.code, str(one.label)) for one in KINDS.values()]
        tongues = dict.fromkeys(meeting.languages or ["en"])
        self.tongue.choices = [SelectChoice(code, TONGUES.get(code, code)) for code in tongues]
        every = SelectChoice("", _("All categories"))
        self.category.choices = [every, *(SelectChoice(one.code, worded(one, "name")) for one in meeting.categories)]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the registrations are named as numbers, and each of them gets such a paper."""
        sound = bool(super().validate())
        words = (self.references.data or "").replace(",", " ").replace(";", " ").split()
        if wrong := list(dict.fromkeys(word for word in words if not REFERENCE.fullmatch(word))):
            sentence = ngettext(
                "This is no number such as R-0165: %(words)s.",
                "These are no numbers such as R-0165: %(words)s.",
                len(wrong),
                words=", ".join(wrong),
            )
            self.references.errors = [sentence]
        elif sound and (sentences := left_out(self.meeting, self.kind.data, self.chosen())):
            self.references.errors = [" ".join(sentences)]  # as one: beside a field stands the first
        return sound and not self.faults

    def chosen(self) -> Chosen:
        """Whose papers."""
        return Chosen(self.category.data or "", self.references.data or "", (self.filters.data or "")[:MOST_FILTERS])


def left_out(meeting: Meeting, kind: str, chosen: Chosen) -> list[str]:
    """Why registrations that are named get no paper of this kind; nothing where each of them gets one."""
    fitting = numbers_fitting(meeting, kind, chosen)
    left = [number for number in dict.fromkeys(chosen.numbers) if number not in fitting]
    if not left:
        return []
    states = states_of(meeting, left)
    somewhere = numbers_fitting(meeting, INVITATION, chosen)  # whoever was let in at a door, or was not
    sentences = []
    if unknown := [number for number in left if number not in states]:
        sentences.append(_("Nobody is registered under %(who)s.", who=in_words(unknown)))
    if placeless := [number for number in left if states.get(number, APPROVED) != APPROVED]:
        sentences.append(_("%(who)s: not approved, so without a paper.", who=in_words(placeless)))
    if absent := [number for number in left if number in somewhere]:
        sentences.append(_("%(who)s: not let in at a door, so without a certificate.", who=in_words(absent)))
    if others := [one for one in left if states.get(one) == APPROVED and one not in somewhere]:
        sentences.append(_("%(who)s: not in the category or the list that is chosen.", who=in_words(others)))
    return sentences


def in_words(numbers: Sequence[int]) -> str:
    """These registrations by their references, the first of many."""
    first = ", ".join(f"R-{number:04d}" for number in numbers[:NAMED])
    return f"{first}, …" if len(numbers) > NAMED else first
