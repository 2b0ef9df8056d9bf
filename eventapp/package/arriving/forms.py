from wtforms import FileField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form


class PackageFileForm(Form):
    """A package of a meeting."""

    file = FileField(_l("Package of a meeting"))
