from unicodedata import digit
from urllib.parse import urlsplit

from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line
from eventapp.people.addresses import AddressLine

LONGEST_PAGE = 500


class SignInForm(Form):
    email = AddressLine(_l("Email"), required=_l("Enter your email address."))
    next = HiddenField()

    def next_page(self) -> str:
        """A page of ours to go on to, '/' for anything else."""
        return own_page(self.next.data or "/")


class CodeForm(Form):
    email = AddressLine(_l("Email"), required=_l("Enter your email address."))
    code = Line(_l("Code"), required=_l("Enter the six figures from the email."), most=12)

    def figures(self) -> str:
        """The six figures, whatever was typed between them."""
        return "".join(str(digit(character)) for character in self.code.data or "" if character.isdecimal())


def own_page(page: str) -> str:
    """The same page where it is a path of this site, else '/': browsers read `//`, `/\\` and tabs as other sites."""
    plain = all(" " < character <= "~" and character != "\\" for character in page)
    parts = urlsplit(page) if plain and len(page) <= LONGEST_PAGE else urlsplit("")
    own = page.startswith("/") and not page.startswith("//") and not parts.scheme and not parts.netloc
    return page if plain and own and not parts.path.startswith("//") and parts.path else "/"
