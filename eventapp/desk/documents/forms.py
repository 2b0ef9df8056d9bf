"""What an organizer types about a document, and the file that comes with it."""

from dataclasses import replace

from wtforms import Field, RadioField, SelectField

from eventapp.desk.part_forms import A_LINK, picks
from eventapp.documents.actions import DocumentContent
from eventapp.documents.kinds import AUDIENCES, DOCUMENT_KINDS, PUBLIC
from eventapp.documents.queries import sessions_at
from eventapp.documents.receiving import DocumentFileForm
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.facts import DocumentFacts
from eventapp.meetings.models import Document, Meeting
from eventapp.vocabulary.term import choices


class DocumentForm(Seen):
    """What is said of a document, but its files."""

    title = Line(_l("Title"), required=_l("Write its title."), most=300)
    symbol = Line(_l("Symbol"), most=80)
    kind = SelectField(_l("Kind of document"))
    agenda_item = Line(_l("Agenda item"), most=20)
    session = SelectField(_l("Session"))
    audience = RadioField(_l("Who may open it"), default=PUBLIC)
    address = Line(_l("Where else it can be read"), most=500, checks=(A_LINK,))
    languages: tuple[str, ...] = ()  # of its title, the first of the meeting first

    def title_in(self, code: str) -> Field:
        """The field of the title in this language."""
        return self.title if code == self.languages[0] else self[f"title_{code}"]

    @property
    def empty(self) -> list[str]:
        """The languages without a title."""
        return [code for code in self.languages if not self.title_in(code).data]

    @property
    def wrong(self) -> list[str]:
        """The languages whose title has a fault."""
        return [code for code in self.languages if self.title_in(code).errors]

    def titles(self) -> dict[str, str]:
        """What was typed as its title in the other languages."""
        fields = {code: self.title_in(code) for code in self.languages[1:]}
        return {code: field.data or "" for code, field in fields.items() if field.raw_data}

    def offer(self, meeting: Meeting) -> None:
        """Give the fields their choices; a session that is cancelled stays where it was chosen before."""
        self.kind.choices = picks(choices(DOCUMENT_KINDS))
        self.audience.choices = picks(choices(AUDIENCES))
        sessions = {code: f"{code} {title}" for code, title in sessions_at(meeting)}
        if self.session.object_data and self.session.object_data not in sessions:
            sessions[self.session.object_data] = self.session.object_data
        self.session.choices = picks([("", _("The whole meeting")), *sessions.items()])

    def content(self) -> DocumentContent:
        """What was typed, once it is sound."""
        facts = DocumentFacts(
            symbol=self.symbol.data or "",
            title=self.title.data,
            address=self.address.data or "",
            kind=str(self.kind.data),
            agenda_item=self.agenda_item.data or "",
            audience=str(self.audience.data),
            position=0,
        )
        return DocumentContent(facts, session=self.session.data or "")


def form_in_languages(document: Document, typed: Typed, **values: object) -> DocumentForm:
    """The form with its title in every language of the meeting."""
    languages = tuple(document.meeting.text_languages)
    fields: dict[str, object] = {"languages": languages}
    for code in languages[1:]:
        fields[f"title_{code}"] = Line(_l("Title"), most=300)
        values[f"title_{code}"] = document.texts.get(code, {}).get("title", "")
    made = type("DocumentForm", (DocumentForm,), fields)
    return made(typed, obj=document, **values)  # type: ignore[no-any-return]


class NewDocumentForm(DocumentFileForm, DocumentForm):
    """A document that is to be there, with its first file if it has one yet."""

    def offer(self, meeting: Meeting) -> None:
        """Give every field its choices."""
        DocumentFileForm.offer(self, meeting)
        DocumentForm.offer(self, meeting)

    def content(self) -> DocumentContent:
        """What was typed and sent, once it is sound."""
        return replace(super().content(), file=self.received)
