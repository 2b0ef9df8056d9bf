"""What somebody says of a piece of material that they hand in by a link, and its file."""

import re

from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.sub_items import from_rows
from eventapp.agenda.sessions.when import picks
from eventapp.documents.kinds import AUDIENCES, DOCUMENT_KINDS, PUBLIC
from eventapp.documents.material.actions import Material
from eventapp.documents.receiving import DocumentFileForm
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.models import Document
from eventapp.vocabulary.term import choices

ADDRESS = re.compile(r"(?i:https?)://[^\s/]+\S*")
KINDS = ("presentation", "statement", "background", "other")  # what a speaker brings


class MaterialForm(DocumentFileForm, Seen):
    """One piece: a file, or an address where it can be read."""

    title = Line(_l("Title"), required=_l("Write its title."), most=300)
    kind = SelectField(_l("Kind of document"))
    sub_item = SelectField(_l("What it is for"))
    audience = RadioField(_l("Who may open it"), default=PUBLIC)
    address = Line(_l("Where else it can be read"), most=500)
    has_file = False

    def offer_in(self, session: Session) -> None:
        """Give the fields their choices: the items of the running order of this session among them."""
        self.offer(session.meeting)
        self.kind.choices = picks([(code, str(DOCUMENT_KINDS[code].label)) for code in KINDS])
        self.audience.choices = picks(choices(AUDIENCES))
        items = from_rows(session.sub_items)
        listed = [(str(one.key), one.title) for one in items if one.key is not None]
        self.sub_item.choices = picks(listed, _("The whole session"))

    def validate_address(self, field: Field) -> None:
        """It is an address of the web, and there is one where there is no file."""
        if field.data and not ADDRESS.fullmatch(field.data):
            raise ValidationError(_("Write a full address that begins with https://."))

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it is sound: a file or an address is there."""
        sound = bool(super().validate())
        if sound and not (self.received or self.has_file or self.address.data):
            self.file.errors = [_("Choose a file, or write an address.")]
            return False
        return sound

    def material(self) -> Material:
        """What was typed and sent, once it is sound."""
        return Material(
            title=self.title.data or "",
            kind=str(self.kind.data),
            audience=str(self.audience.data),
            address=self.address.data or "",
            sub_item=figure(self.sub_item.data) if self.sub_item.data else None,
            file=self.received,
        )


def form_for(session: Session, typed: Typed = None, *, own_item: str = "") -> MaterialForm:
    """A form for a piece that is not there yet."""
    form = MaterialForm(typed, data={"kind": KINDS[0], "audience": PUBLIC, "sub_item": own_item})
    form.offer_in(session)
    return form


def form_of(document: Document, session: Session, key: int | None, typed: Typed = None) -> MaterialForm:
    """A piece as it stands, or as it was typed; its file is chosen only to replace it."""
    facts = {name: getattr(document, name) for name in ("title", "audience", "address")}
    kind = document.kind if document.kind in KINDS else KINDS[-1]
    form = MaterialForm(typed, data={**facts, "kind": kind, "sub_item": str(key or "")})
    form.offer_in(session)
    return form
