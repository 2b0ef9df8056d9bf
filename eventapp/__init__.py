"""The application as the web server runs it; commands.py adds what only a command needs."""

from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from eventapp.agenda.releases.page_cache import AGENDA, PageCache
from eventapp.drafts.held.sent import SentFiles
from eventapp.features import FEATURES
from eventapp.ground.db import Database
from eventapp.ground.web.access import Gate
from eventapp.ground.web.fragments import Fragments
from eventapp.ground.web.headers import Headers
from eventapp.ground.web.lazy_loads import LazyLoads
from eventapp.ground.web.pages import pages
from eventapp.ground.web.redraw.guard import Redraws, RedrawsChangeNothing
from eventapp.ground.web.request_bodies import Bodies
from eventapp.ground.web.requests.shared_caches import SharedCaches
from eventapp.ground.web.requests.watch import Requests, RequestWatch
from eventapp.meetings.queries import organizes_somewhere
from eventapp.people.current import People
from eventapp.people.queries import is_administrator
from eventapp.registration import views as registration
from eventapp.review import views as review

ROOT = Path(__file__).parent.parent
EXTENSIONS = (
    Database(),
    Requests(),
    Bodies(),
    Redraws(),
    CSRFProtect(),
    People(is_administrator, organizes_somewhere),
    Gate(),
    SentFiles(),
    pages,
    Fragments(),
    LazyLoads(),
    Headers(),
    Compress(),
    SharedCaches(),
    RedrawsChangeNothing(),
)
IN_FRONT = (PageCache(AGENDA, review.REPORTS, registration.DONE), RequestWatch())


def create_app(config: Config | None = None) -> Flask:
    """The app for this configuration, or for the one in the environment. Refuses to start on a dangerous one."""
    config = config or Config()
    config.check()
    app = Flask(__name__, root_path=str(ROOT))  # templates/ and static/ sit beside the package
    app.config.from_mapping(vars(config))
    app.config["WTF_CSRF_SECRET_KEY"] = [*config.SECRET_KEY_FALLBACKS, config.SECRET_KEY]  # the last one signs
    for extension in EXTENSIONS:
        extension.init_app(app)
    put_in_front(app)
    for blueprint in dict.fromkeys(feature.bp for feature in FEATURES):  # the rooms of a feature may share one
        app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt("eventapp.mail.failing.views.take")  # programs post it, with a token of their own
    app.extensions["csrf"].exempt("eventapp.messages.unsubscribing.views.act")  # mail programs post it (RFC 8058)
    return app


def put_in_front(app: Flask) -> None:
    """Put what answers before the application in front of it, with nothing remembered yet."""
    app.wsgi_app = type(app).wsgi_app.__get__(app)  # type: ignore[method-assign]
    for extension in IN_FRONT:
        extension.init_app(app)
    if proxies := app.config["TRUSTED_PROXIES"]:  # before all of them: they count hosts too
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
