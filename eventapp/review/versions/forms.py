from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line


class KeepForm(Form):
    """What an editor calls the version they keep."""

    remark = Line(_l("What to call it"), most=200, description=_l("Such as: after the comments of the Bureau"))
