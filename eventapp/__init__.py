"""The application as the web server runs it; commands.py adds what only a command needs."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from eventapp.agenda import manage as agenda_manage
from eventapp.agenda import views as agenda
from eventapp.agenda.shelf import AGENDA, Shelf
from eventapp.api import views as api
from eventapp.app import App
from eventapp.badges import manage as badges_manage
from eventapp.badges import views as badges
from eventapp.balance import manage as balance_manage
from eventapp.balance import views as balance
from eventapp.bodies import Bodies
from eventapp.checkin import manage as checkin_manage
from eventapp.checkin import views as checkin
from eventapp.checkin.counter import Counter
from eventapp.clearance import manage as clearance_manage
from eventapp.clearance import views as clearance
from eventapp.commitments import manage as commitments_manage
from eventapp.commitments import views as commitments
from eventapp.cookies import Cookies
from eventapp.db import Database
from eventapp.desk import manage as settings
from eventapp.desk import views as desk
from eventapp.floor import manage as speaking
from eventapp.floor import views as floor
from eventapp.gate import Gate
from eventapp.headers import Headers
from eventapp.home import history
from eventapp.home import mine as my_registration
from eventapp.home import parts as home
from eventapp.inputs import manage as inputs_manage
from eventapp.inputs import views as inputs
from eventapp.inputs import writing as inputs_writing
from eventapp.mail import views as mail
from eventapp.meetings import views as meetings
from eventapp.operations import views as operations
from eventapp.outcomes import beside as outcomes_beside
from eventapp.outcomes import closing as outcomes_closing
from eventapp.outcomes import confirmations as outcomes_confirmations
from eventapp.outcomes import keeping as outcomes_keeping
from eventapp.outcomes import manage as outcomes_manage
from eventapp.outcomes import relay as outcomes_relay
from eventapp.outcomes import revisions as outcomes_revisions
from eventapp.outcomes import search as outcomes_search
from eventapp.outcomes import summarizing as outcomes_summarizing
from eventapp.outcomes import views as outcomes
from eventapp.outlets import manage as outlets
from eventapp.package import manage as package
from eventapp.pages import pages
from eventapp.people import views as people
from eventapp.people.current import People
from eventapp.practices import manage as practices_manage
from eventapp.practices import views as practices
from eventapp.progress import views as progress
from eventapp.registration import correcting as registration_correcting
from eventapp.registration import lists as registration_lists
from eventapp.registration import manage as registration_manage
from eventapp.registration import views as registration
from eventapp.registration.front import FormsInFront
from eventapp.registration.intake import Intake
from eventapp.review import arranger as review_arranger
from eventapp.review import commenter as review_commenter
from eventapp.review import editor as review_editor
from eventapp.review import manage as review_manage
from eventapp.review import traces as review_traces
from eventapp.review import versions as review_versions
from eventapp.review import views as review

ROOT = Path(__file__).parent.parent
EXTENSIONS = (
    Database(), Bodies(), Cookies(), CSRFProtect(), People(), Gate(), pages, Headers(), Compress(),
    Shelf(AGENDA, review.REPORTS), Counter(), FormsInFront(), Intake(),
)  # fmt: skip
FEATURES: tuple[Any, ...] = (
    history,
    agenda,
    agenda_manage,
    api,
    settings,
    desk,
    balance,
    balance_manage,
    progress,
    badges,
    badges_manage,
    checkin,
    checkin_manage,
    home,
    mail,
    operations,
    people,
    meetings,
    registration,
    registration_manage,
    registration_correcting,
    registration_lists,
    my_registration,
    floor,
    speaking,
    outcomes,
    outcomes_beside,
    outcomes_search,
    outcomes_revisions,
    outcomes_closing,
    outcomes_summarizing,
    outcomes_relay,
    outcomes_confirmations,
    outcomes_keeping,
    outcomes_manage,
    commitments,
    commitments_manage,
    practices,
    practices_manage,
    inputs,
    inputs_writing,
    inputs_manage,
    review,
    review_manage,
    review_editor,
    review_arranger,
    review_commenter,
    review_versions,
    review_traces,
    outlets,
    package,
    clearance,
    clearance_manage,
)


def create_app(config: Config | None = None) -> Flask:
    """The app for this configuration, or for the one in the environment. Refuses to start on a dangerous one."""
    config = config or Config()
    config.check()
    app = App(__name__, root_path=str(ROOT))  # templates/ and static/ sit beside the package
    app.config.from_mapping(vars(config))
    for extension in EXTENSIONS:
        extension.init_app(app)
    if proxies := config.TRUSTED_PROXIES:  # before whatever stands in front of the application: it counts hosts too
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    return app
