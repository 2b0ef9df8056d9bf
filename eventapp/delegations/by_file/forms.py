"""The file that a focal point chooses, and what is in it once it was read."""

from wtforms import FileField, HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form


class PeopleFileForm(Form):
    """A file of people."""

    file = FileField(_l("File with people, CSV or XLSX"))
    content = HiddenField()  # what was read, for the press that follows
    key = HiddenField()
