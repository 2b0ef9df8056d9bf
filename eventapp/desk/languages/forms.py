from wtforms import Field
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.vocabulary.tongues import language_called


class LanguageForm(Form):
    """One more language, by its name."""

    language = Line(_l("Language"), required=_l("Write the name of a language."), most=60)

    def validate_language(self, field: Field) -> None:
        """There is a language of this name."""
        if not self.code:
            raise ValidationError(_("No language is called “%(name)s”. Write a name such as French.", name=field.data))

    @property
    def code(self) -> str:
        """The code of the language that was named, '' where there is none."""
        return language_called(self.language.data or "") or ""
