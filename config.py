"""Settings, read once from the environment. Nothing else reads os.environ."""

import os
import re
from datetime import timedelta
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent
# Words of keys that somebody was to replace: no random key has one in it.
EXAMPLES = re.compile("secret|change.?me|example|replace|password|your.?key|random|development", re.IGNORECASE)
KEY_BYTES = 32
HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]+", re.IGNORECASE)
MAILBOX = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # one, in printable ASCII
LAST_PORT = 65_535
CENTURY = 36_500 * 86_400  # seconds: no clock of a demonstration is farther away
TOKEN_LETTERS = 24
# The push services of the makers of browsers; a name with a dot before it stands for what is below it.
PUSH_HOSTS = "fcm.googleapis.com .push.services.mozilla.com .push.apple.com .notify.windows.com"
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class Misconfigured(Exception):  # noqa: N818 -- read as one line by whoever starts the app
    """One line that says which setting is wrong and what to write instead."""


def boolean(name: str, default: str = "no") -> bool:
    """A yes or a no; anything else is refused, because "flase" must not mean yes."""
    value = os.environ.get(name, default).strip().lower()
    if value not in YES + NO:
        message = f"{name} is {shown(value)}: write yes or no."
        raise Misconfigured(message)
    return value in YES


def number(name: str, default: int, most: int = 10**9) -> int:
    """A whole number above zero and no larger than `most`."""
    value = os.environ.get(name, str(default)).strip()
    if not re.fullmatch("0*[0-9]{1,10}", value, re.ASCII) or not 1 <= int(value) <= most:
        message = f"{name} is {shown(value)}: write a whole number from 1 to {most}."
        raise Misconfigured(message)
    return int(value)


def whole(name: str, least: int, most: int) -> int:
    """A whole number between these two, 0 where it is not set."""
    value = os.environ.get(name, "0").strip()
    if not re.fullmatch("-?[0-9]{1,10}", value, re.ASCII) or not least <= int(value) <= most:
        message = f"{name} is {shown(value)}: write a whole number from {least} to {most}."
        raise Misconfigured(message)
    return int(value)


def shown(value: str) -> str:
    """A value as a line can tell it."""
    return repr(value if len(value) <= 40 else f"{value[:40]}…")  # noqa: PLR2004 -- enough to know it again


def database_address(folder: Path) -> str:
    """DATABASE_URL with the driver we have, or a file in the data folder."""
    address = os.environ.get("DATABASE_URL") or f"sqlite:///{folder.resolve() / 'eventapp.db'}"
    for scheme in ("postgres://", "postgresql://"):
        if address.startswith(scheme):
            return address.replace(scheme, "postgresql+psycopg://", 1)
    return address


def is_database(address: str) -> bool:
    """Whether this is the address of a database of a kind we work with."""
    try:
        port = urlsplit(address).port
    except ValueError:
        return False
    return port != 0 and address.startswith(("sqlite://", "postgresql+psycopg://"))


def is_poor(key: str) -> bool:
    """Whether somebody could guess this key: too short, of few different characters, or an example."""
    return len(key.encode()) < KEY_BYTES or len(set(key)) < 8 or bool(EXAMPLES.search(key))  # noqa: PLR2004 -- "aaaa…"


def is_address_of_site(address: str) -> bool:
    """Whether a page's path can be set behind it: http or https, a host, and nothing more than a port."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    bare = "@" not in parts.netloc and not (parts.path or "?" in address or "#" in address)
    return address.startswith(("https://", "http://")) and bare and port != 0 and bool(HOST_NAME.fullmatch(host))


def is_open(address: str) -> bool:
    """Whether what is sent to this address can be read on the way: http, and not to this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")


def takes_passkeys(address: str) -> bool:
    """Whether browsers make passkeys for this address: https or this machine itself, and a name, not a number."""
    host = urlsplit(address).hostname or ""
    return host == "localhost" or (address.startswith("https") and not re.fullmatch("[0-9.]+|.*:.*", host))


def is_sender(words: str) -> bool:
    """Whether this names one mailbox, alone or as Name <mailbox>."""
    found = getaddresses([words])
    return len(found) == 1 and bool(MAILBOX.fullmatch(found[0][1])) and words.isprintable()


class Config:
    """What the app runs with. Each line of docs/settings.md is one of these."""

    def __init__(self) -> None:
        self.ENVIRONMENT = os.environ.get("ENVIRONMENT", "production")
        self.DEVELOPMENT = self.ENVIRONMENT == "development"
        self.DEBUG = boolean("DEBUG")
        self.SECRET_KEY = os.environ.get("SECRET_KEY", "")
        self.SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
        self.HISTORY_KEYS = os.environ.get("HISTORY_KEYS", "").split()  # the newest first; none seals without a key
        self.HISTORY_KEYED_FROM = number("HISTORY_KEYED_FROM", 1)  # of the first line that has such a seal
        self.ANSWER_KEYS = os.environ.get("ANSWER_KEYS", "").split()  # the newest first; none takes no sealed answer
        self.PUSH_KEY = os.environ.get("PUSH_KEY", "").strip()  # '' sends no notices to browsers
        self.PUSH_HOSTS = tuple(os.environ.get("PUSH_HOSTS", PUSH_HOSTS).split())
        self.BASE_URL = os.environ.get("BASE_URL", "").rstrip("/")
        self.ALLOW_HTTP = boolean("ALLOW_HTTP")
        self.DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var")
        self.HOST = os.environ.get("HOST", "127.0.0.1")
        self.PORT = number("PORT", 8000, LAST_PORT)
        self.TRUSTED_PROXIES = whole("TRUSTED_PROXIES", 0, 100)
        self.CLOCK_OFFSET = timedelta(seconds=whole("CLOCK_OFFSET", -CENTURY, CENTURY))
        self.DATABASE_CONNECTIONS = number("DATABASE_CONNECTIONS", 32, 1000)  # of one process, on PostgreSQL
        self.BEHIND_POOLER = bool(os.environ.get("DATABASE_DIRECT_URL"))  # which `./run` migrates by, past the pooler
        self.MIGRATIONS = ROOT / "migrations"
        self.SQLALCHEMY_DATABASE_URI = database_address(self.DATA_DIR)
        self.set_limits()
        self.set_sign_in()
        self.set_mail()
        self.set_words()

    def set_limits(self) -> None:
        self.MAX_CONTENT_LENGTH = number("MAX_UPLOAD_MB", 12, 2000) * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 500_000
        self.MAX_FORM_PARTS = 2000  # a form may ask 500 questions, some with several answers
        self.REGISTRATIONS_PER_HOUR = number("REGISTRATIONS_PER_HOUR", 120)  # from one host
        self.LOG_FORMAT = os.environ.get("LOG_FORMAT", "text")  # or json: one object a line, and a line a request
        self.METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # '' opens /metrics to this machine alone
        self.MAIL_REPORTS_TOKEN = os.environ.get("MAIL_REPORTS_TOKEN", "")  # '' takes no reports
        self.SEND_FILE_MAX_AGE_DEFAULT = timedelta(days=365)
        self.SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "").strip()  # '' names nobody
        self.set_backups()
        self.COMPRESS_MIN_SIZE = 500
        self.COMPRESS_STREAMS = False

    def set_backups(self) -> None:
        self.BACKUP_RECIPIENT = os.environ.get("BACKUP_RECIPIENT", "").strip()  # '' writes backups open
        self.S3_ENDPOINT = os.environ.get("S3_ENDPOINT", "").strip().rstrip("/") or "https://s3.amazonaws.com"
        self.S3_ALLOW_HTTP = boolean("S3_ALLOW_HTTP")
        self.S3_KEY = os.environ.get("AWS_ACCESS_KEY_ID", "").strip()
        self.S3_SECRET = os.environ.get("AWS_SECRET_ACCESS_KEY", "").strip()
        self.S3_TOKEN = os.environ.get("AWS_SESSION_TOKEN", "").strip()
        self.S3_REGION = os.environ.get("AWS_REGION", "").strip()

    def set_sign_in(self) -> None:
        secure = self.BASE_URL.startswith("https://")
        self.SESSION_COOKIE_NAME = "__Host-session" if secure else "session"
        self.SESSION_COOKIE_SECURE = secure
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SIGN_IN_IDLE = timedelta(hours=number("SIGN_IN_IDLE_HOURS", 12, 24 * 3650))
        self.SIGN_IN_LASTS = self.PERMANENT_SESSION_LIFETIME = timedelta(days=number("SIGN_IN_DAYS", 7, 3650))
        self.REQUIRE_SECOND_FACTOR = boolean("REQUIRE_SECOND_FACTOR")  # of organizers and administrators
        self.SESSION_REFRESH_EACH_REQUEST = False  # the cookie need not outlive the sign-in, which nothing prolongs
        self.WTF_CSRF_TIME_LIMIT = None  # a form may stay open all day; the token ends with the session
        self.WTF_CSRF_SSL_STRICT = False  # the pages of secret links tell no Referer; the token is the proof

    def set_mail(self) -> None:
        self.MAIL_SERVER = os.environ.get("MAIL_SERVER", "")  # '' in development: to the mailbox page
        self.ALLOW_NO_MAIL = boolean("ALLOW_NO_MAIL")
        self.MAIL_PORT = number("MAIL_PORT", 587, LAST_PORT)
        self.MAIL_USE_TLS = boolean("MAIL_USE_TLS", "yes")
        self.MAIL_USE_SSL = boolean("MAIL_USE_SSL")
        self.MAIL_USERNAME = os.environ.get("MAIL_USERNAME") or None
        self.MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD") or None
        self.MAIL_CAFILE = os.environ.get("MAIL_CAFILE") or None
        self.MAIL_TIMEOUT = number("MAIL_TIMEOUT", 20, 3600)
        self.LETTERS_KEPT = timedelta(days=number("LETTERS_KEPT_DAYS", 90, 3650))
        self.MAIL_DEFAULT_SENDER = os.environ.get("MAIL_FROM", "Meetings <meetings@localhost>")

    def set_words(self) -> None:
        self.BABEL_DEFAULT_LOCALE = "en"
        self.BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "translations")
        self.LANGUAGES = ("en", "fr", "ar")

    def check_tokens(self) -> None:
        if self.SECURITY_CONTACT and not re.fullmatch(r"(mailto:|https://)\S+", self.SECURITY_CONTACT):
            raise Misconfigured("SECURITY_CONTACT: write mailto:security@example.org or https://… .")
        for name in ("METRICS_TOKEN", "MAIL_REPORTS_TOKEN"):
            if 0 < len(getattr(self, name)) < TOKEN_LETTERS:
                raise Misconfigured(f"{name}: set {TOKEN_LETTERS} random characters or more, or leave it out.")

    def check_keys(self) -> None:
        for name in ("HISTORY_KEYS", "ANSWER_KEYS"):
            if any(map(is_poor, getattr(self, name))):
                raise Misconfigured(f"{name}: set keys of {KEY_BYTES} random bytes or more.")
        if self.PUSH_KEY and is_poor(self.PUSH_KEY):
            raise Misconfigured(f"PUSH_KEY: set {KEY_BYTES} random bytes or more, or leave it out.")

    def check(self) -> None:
        """Refuse to start on a setting that would be dangerous outside development."""
        self.check_choices()
        if not is_database(self.SQLALCHEMY_DATABASE_URI):  # which is not repeated: it may hold a password
            raise Misconfigured(
                "DATABASE_URL: write postgresql://user:password@host/name, or leave it out for a file in DATA_DIR."
            )
        self.check_mail()
        if self.DEVELOPMENT:
            return
        if is_poor(self.SECRET_KEY):
            raise Misconfigured(f"SECRET_KEY: set {KEY_BYTES} random bytes or more.")
        if any(map(is_poor, self.SECRET_KEY_FALLBACKS)):  # what one of them signed is believed as well
            raise Misconfigured(f"SECRET_KEY_FALLBACKS: keep only keys of {KEY_BYTES} random bytes or more.")
        self.check_keys()
        if self.DEBUG:
            raise Misconfigured("DEBUG is on outside development: set DEBUG=no.")
        if self.CLOCK_OFFSET:
            raise Misconfigured("CLOCK_OFFSET is for development: leave it out.")
        self.check_tokens()
        self.check_address()
        if not (self.MAIL_SERVER or self.ALLOW_NO_MAIL):
            raise Misconfigured("MAIL_SERVER: no link can arrive without one. Name it, or set ALLOW_NO_MAIL=yes.")

    def check_choices(self) -> None:
        if self.ENVIRONMENT not in ("development", "production"):
            raise Misconfigured("ENVIRONMENT is development or production.")
        if self.LOG_FORMAT not in ("text", "json"):
            raise Misconfigured("LOG_FORMAT is text or json.")

    def check_address(self) -> None:
        """Refuse an address that no link can begin with, or that is read on the way."""
        if not is_address_of_site(self.BASE_URL):
            raise Misconfigured("BASE_URL: set the address people use, https://… .")
        if is_open(self.BASE_URL) and not self.ALLOW_HTTP:
            raise Misconfigured(
                "BASE_URL is http: everybody on the way reads links and sign-ins. Set https://…, or ALLOW_HTTP=yes."
            )
        if self.REQUIRE_SECOND_FACTOR and not takes_passkeys(self.BASE_URL):
            raise Misconfigured("REQUIRE_SECOND_FACTOR: passkeys need a BASE_URL of https with a name, not a number.")

    def check_mail(self) -> None:
        """Refuse what would have every letter fail."""
        if not is_sender(self.MAIL_DEFAULT_SENDER):
            raise Misconfigured("MAIL_FROM: write one address, such as Meetings <meetings@example.org>.")
        if self.MAIL_CAFILE and not Path(self.MAIL_CAFILE).is_file():
            raise Misconfigured("MAIL_CAFILE: there is no such file; leave it out to trust what the system trusts.")


class TestConfig(Config):
    """What the tests run with: a database of their own, no network."""

    __test__ = False  # pytest takes every class called Test… for tests

    def __init__(self, address: str = "sqlite://", folder: Path | None = None) -> None:
        super().__init__()
        self.TESTING = True
        self.ENVIRONMENT, self.DEVELOPMENT, self.DEBUG = "production", False, False
        self.CLOCK_OFFSET = timedelta()
        self.SECRET_KEY = "only-for-tests-only-for-tests-0123456789"  # noqa: S105 -- opens nothing
        self.ANSWER_KEYS = ["only-for-tests-too-9876543210-9876543210"]
        self.BASE_URL = "http://localhost"
        self.SECURITY_CONTACT = "mailto:security@example.org"
        self.SESSION_COOKIE_NAME, self.SESSION_COOKIE_SECURE = "session", False
        self.DATA_DIR = folder or self.DATA_DIR
        self.MAIL_SERVER, self.MAIL_PORT = "127.0.0.1", 2525
        self.MAIL_USE_TLS = self.MAIL_USE_SSL = False
        self.SQLALCHEMY_DATABASE_URI = address
