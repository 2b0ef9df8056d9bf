"""What stands beside a note: where a commitment is, and the note in other languages."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import RIGHT_TO_LEFT
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Day, Form, Line, Text
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.queries import (
    deliveries_of,
    newest_delivery,
    tongue_of,
    translation_history,
    translations_of,
)
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.access import where_note, with_note
from eventapp.record.notes.content import DELIVERIES, LONGEST_TEXT
from eventapp.record.notes.models import APPROVED, CONFIRMED, PUBLISHED, Note
from eventapp.record.sessions.access import session_page
from eventapp.record.sessions.rules import correct_published, record_session
from eventapp.vocabulary.notes import TITLE_LIMIT
from eventapp.vocabulary.term import choices
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("extras", __name__)
NOTE = "/meetings/<slug>/record/<code>/<int(max=99999):number>"


class DeliveryForm(Form):
    """How far a commitment is, and until when."""

    state = SelectField(_l("How far is it?"))
    due_on = Day(_l("By when"), [Optional()])
    due_text = Line(_l("By when, as it was said"), most=120)
    remark = Line(_l("What happened"), most=300)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.state.choices = choices(DELIVERIES)


class TranslationForm(Form):
    """The note in another language."""

    base = HiddenField()
    language = SelectField(_l("Language"))
    text = Text(_l("Translation"), required=_l("Write the translation."), most=LONGEST_TEXT)
    title = Line(_l("Title"), most=TITLE_LIMIT)
    translator = Line(_l("Who translated"), required=_l("Write who translated it, or what: a person, an office."))

    def __init__(self, note: Note, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.language.choices = [(code, name) for code, name in TONGUES.items() if code != tongue_of(note)]

    def rendering(self) -> Rendering:
        """What was typed, as it should stand."""
        return Rendering(self.language.data, self.text.data or "", self.title.data or "", self.translator.data or "")


@bp.app_context_processor
def words() -> dict[str, object]:
    """What templates ask of a language a note may be in."""
    return {"tongue": tongue, "tongue_dir": tongue_dir, "tongue_of": tongue_of}


@bp.get(f"{NOTE}/delivery")
@with_note(may=record_session)
def delivery(note: Note) -> ResponseReturnValue:
    """Where the commitment stands, everything that was told before, and the form for what is new."""
    newest = newest_delivery(note)
    data = {"state": newest.state, "due_on": newest.due_on, "due_text": newest.due_text} if newest else {}
    return delivering(note, DeliveryForm(data=data))


@bp.post(f"{NOTE}/delivery")
@with_note(may=record_session)
def deliver(note: Note) -> ResponseReturnValue:
    """Say where the commitment stands now."""
    form, person = DeliveryForm(request.form), current_person()
    if not form.validate():
        return delivering(note, form), 422
    attempt(
        form,
        lambda: report_delivery(
            note,
            state=form.state.data,
            due_on=form.due_on.data,
            due_text=form.due_text.data or "",
            remark=form.remark.data or "",
            by=person,
            at=now(),
        ),
    )
    if form.refused:
        return delivering(note, form), 409
    return redirect(url_for("extras.delivery", **where_note(note)), 303)


@bp.get(f"{NOTE}/translations")
@with_note(may=record_session)
def translations(note: Note) -> ResponseReturnValue:
    """The note beside its translations, and the form for one more or for a change."""
    person, into = current_person(), request.args.get("into", "")
    before = next((one for one in translations_of(note) if one.language == into), None)
    form = TranslationForm(
        note,
        data={
            "language": into if into in TONGUES else None,
            "base": number_of(note, into),
            "text": before.text if before else "",
            "title": before.title if before else "",
            "translator": before.translator if before else person.name if person else "",
        },
    )
    return translating(note, form)


@bp.post(f"{NOTE}/translations")
@with_note(may=record_session)
def add_translation(note: Note) -> ResponseReturnValue:
    """Let a translation stand beside the note, or take one out."""
    form, person = TranslationForm(note, request.form), current_person()
    rendering = Rendering(form.language.data or "", "") if "remove" in request.form else form.rendering()
    if "remove" not in request.form and not form.validate():
        return translating(note, form), 422

    def act() -> None:
        cleared_by(person, note)
        translate(note, rendering, base=base_of(note, form), by=person, at=now())

    attempt(form, act)
    if form.refused:
        return translating(note, form, is_late=True), 409
    return redirect(url_for("extras.translations", **where_note(note), _anchor=rendering.language), 303)


def delivering(note: Note, form: DeliveryForm) -> str:
    return page("record/delivery.html", note, form, lines=deliveries_of(note), deliveries=DELIVERIES)


def translating(note: Note, form: TranslationForm, *, is_late: bool = False) -> str:
    current = translations_of(note)
    if is_late:  # theirs is shown beside what was typed, and saving again means having seen it
        form.base.data = str(number_of(note, form.language.data or ""))
    histories = {one.language: translation_history(note, one.language) for one in current}
    return page("record/translations.html", note, form, translations=current, histories=histories)


def page(template: str, note: Note, form: Form, **more: object) -> str:
    return session_page(template, note.session, note=note, form=form, **more)


def cleared_by(person: Person | None, note: Note) -> None:
    """What was cleared goes out as it is, so only who clears adds words to it."""
    if note.state in (CONFIRMED, APPROVED, PUBLISHED) and not correct_published(person, note.session):
        raise Refused(_("This note is cleared. Ask an organizer to put a translation beside it."))


def number_of(note: Note, language: str) -> int:
    return next((one.number for one in translations_of(note) if one.language == language), 0)


def base_of(note: Note, form: TranslationForm) -> int:
    """The number the translation was written from; for a language chosen on the page, where nothing stood: 0."""
    return figure(form.base.data)


def tongue(code: str) -> str:
    """The name of a language in that language."""
    return TONGUES.get(code, code)


def tongue_dir(code: str) -> str:
    """The direction its script is written in."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
