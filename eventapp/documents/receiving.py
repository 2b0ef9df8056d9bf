"""Files of documents as they come with a form: looked into, held where the form comes back."""

from hashlib import sha256

from flask import current_app
from werkzeug.datastructures import FileStorage
from wtforms import Field, FileField, SelectField
from wtforms.validators import ValidationError

from eventapp.agenda.sessions.when import picks
from eventapp.documents.actions import ReceivedFile
from eventapp.drafts.held.fields import HoldsFiles, held_for
from eventapp.ground.clock import now
from eventapp.ground.tables.formats import ENDINGS
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.meetings.models import Meeting
from eventapp.registration.uploads.office import kind_of
from eventapp.registration.uploads.reading import MEGABYTE, shown_name
from eventapp.vocabulary.tongues import TONGUES


class DocumentFileForm(HoldsFiles):
    """A file in one language."""

    language = SelectField(_l("Language of the file"))
    file = FileField(_l("File"))
    received: ReceivedFile | None = None

    def offer(self, meeting: Meeting) -> None:
        """Give the fields their choices: the languages of the meeting first."""
        first = [code for code in meeting.languages if code in TONGUES]
        self.language.choices = picks([(code, TONGUES[code]) for code in dict.fromkeys((*first, *TONGUES))])

    def files(self) -> dict[str, ReceivedFile]:
        """The file that came with it, or was held, by its field."""
        return {"file": self.received} if self.received is not None else {}

    def take_in(self) -> None:
        """The file, where the form is only to be shown again."""
        try:
            DocumentFileForm.validate_file(self, self.file)
        except ValidationError as fault:
            self.file.errors = [str(fault)]

    def validate_file(self, field: Field) -> None:
        """Look into the file, or take the one that is held. What is wrong with it stands beside its field."""
        sent = uploaded("file")
        if sent is None:
            one = held_for(self, ["file"], at=now()).get("file")
            if one is not None:
                facts = (one.content_type, one.content, one.sha256, one.given_name)
                self.received = ReceivedFile(str(self.language.data), *facts)
            return
        try:
            self.received = read(sent, str(self.language.data))
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from None


class VersionForm(DocumentFileForm):
    """One more file of a document that is there."""

    def validate_file(self, field: Field) -> None:
        """As for any, and it must be there."""
        super().validate_file(field)
        if self.received is None:
            raise ValidationError(_("Choose a file."))


def read(sent: FileStorage, language: str) -> ReceivedFile:
    """The file that was sent, looked into. Raises Unfit."""
    most = most_megabytes()
    content = sent.stream.read(most * MEGABYTE + 1)
    if len(content) > most * MEGABYTE:
        raise Unfit(_("Choose a file of %(most)s MB or less.", most=most))
    return ReceivedFile(
        language=language,
        content_type=kind_of(content, allowed=ENDINGS),
        content=content,
        sha256=sha256(content).hexdigest(),
        given_name=shown_name(sent.filename or ""),
    )


def most_megabytes() -> int:
    """The largest file that is taken: what a request may hold, less the rest of the form."""
    return max(1, int(current_app.config["MAX_CONTENT_LENGTH"]) // MEGABYTE - 1)
