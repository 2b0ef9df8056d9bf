"""Every feature of the product: the modules whose blueprints an application has."""

from types import ModuleType

from eventapp.announcements import manage as announcements
from eventapp.api import views as api
from eventapp.badges import manage as badges_manage
from eventapp.badges import views as badges
from eventapp.badges.layouts import manage as badge_layouts
from eventapp.balance import manage as balance_manage
from eventapp.balance import views as balance
from eventapp.checkin import manage as checkin_manage
from eventapp.checkin import views as checkin
from eventapp.checkin.attendance import manage as attendance
from eventapp.checkin.counter import views as counter
from eventapp.checkin.offline import views as offline_door
from eventapp.checkin.self_check_in import views as self_check_in
from eventapp.clearance import manage as clearance_manage
from eventapp.clearance import views as clearance
from eventapp.clearance.adoption import manage as clearance_adoption
from eventapp.clearance.preview import manage as clearance_preview
from eventapp.clearance.publication import manage as clearance_publication
from eventapp.commitments import manage as commitments_manage
from eventapp.commitments import views as commitments
from eventapp.delegations.by_file import views as delegations_by_file
from eventapp.delegations.focal import manage as focal_manage
from eventapp.delegations.focal import views as focal
from eventapp.delegations.names import manage as delegations
from eventapp.delegations.register.proposals import manage as organization_register
from eventapp.delegations.settings import manage as delegation_settings
from eventapp.desk import manage as settings
from eventapp.desk import views as desk
from eventapp.desk.bodies import manage as body_organizers
from eventapp.desk.categories import manage as categories
from eventapp.desk.chapters import manage as report_chapters
from eventapp.desk.consents import manage as consents
from eventapp.desk.documents import manage as document_settings
from eventapp.desk.information import manage as information_settings
from eventapp.desk.kinds import manage as session_kinds
from eventapp.desk.languages import manage as meeting_languages
from eventapp.desk.lifecycle import manage as lifecycle
from eventapp.desk.masthead import manage as masthead
from eventapp.desk.meeting_kinds import manage as meeting_kinds
from eventapp.desk.meeting_kinds.chosen import manage as kind_of_meeting
from eventapp.desk.questions import manage as questions
from eventapp.desk.retention import manage as retention
from eventapp.desk.starting import manage as starting
from eventapp.desk.starting.arriving import manage as meeting_files
from eventapp.desk.texts import manage as texts
from eventapp.desk.themes import manage as meeting_themes
from eventapp.desk.themes.lines import manage as theme_lines
from eventapp.desk.wordings import manage as wordings
from eventapp.desk.zones import manage as zones
from eventapp.documents import views as documents
from eventapp.documents.material import manage as material_manage
from eventapp.documents.material import views as material
from eventapp.erasure import manage as erasure
from eventapp.erasure.everywhere import manage as erasures
from eventapp.features.agenda import PAGES as AGENDA
from eventapp.features.review import PAGES as REVIEW
from eventapp.floor import views as floor
from eventapp.floor.actual import views as actual
from eventapp.floor.speaking import manage as speaking
from eventapp.home.fellows import views as fellows
from eventapp.home.history import manage as history
from eventapp.home.parts import views as home
from eventapp.home.registration import views as my_registration
from eventapp.home.search import views as finding
from eventapp.information import views as information
from eventapp.inputs import manage as inputs_manage
from eventapp.inputs import views as inputs
from eventapp.inputs.answers import manage as inputs_sheet
from eventapp.inputs.own import views as inputs_own
from eventapp.live.checking import manage as live_letters
from eventapp.live.checking.when import manage as live_letters_when
from eventapp.live.giving_way import manage as delay_rules
from eventapp.live.late import views as late
from eventapp.live.moved import manage as moved
from eventapp.live.screens import views as screens
from eventapp.mail import views as mail
from eventapp.mail.failing import views as failing
from eventapp.meetings import views as meetings
from eventapp.messages import manage as messages
from eventapp.messages.log import manage as messages_log
from eventapp.messages.unsubscribing import views as unsubscribing
from eventapp.my_agenda import views as my_agenda
from eventapp.my_agenda.sign_up import manage as sign_ups
from eventapp.networking import manage as networking_settings
from eventapp.networking import views as networking
from eventapp.networking.bilaterals import views as bilaterals
from eventapp.networking.offers import views as networking_offers
from eventapp.networking.outcomes import views as bilateral_outcomes
from eventapp.networking.slots import manage as networking_slots
from eventapp.official_list import manage as official_list_manage
from eventapp.official_list import views as official_list
from eventapp.official_list.files import views as official_list_files
from eventapp.operations import views as operations
from eventapp.organizations import views as organizations
from eventapp.outlets import manage as outlets
from eventapp.outlets.files import manage as outlet_files
from eventapp.outlets.sheets import manage as outlet_sheets
from eventapp.package import manage as package
from eventapp.package.arriving import manage as package_imports
from eventapp.people.accounts import manage as people_manage
from eventapp.people.accounts import views as first_administrator
from eventapp.people.second_factor import views as second_factor
from eventapp.people.sign_in import views as people
from eventapp.personal_papers import manage as personal_papers_manage
from eventapp.personal_papers import views as personal_papers
from eventapp.practices import views as practices
from eventapp.practices.completion import manage as practices_completion
from eventapp.practices.invitations import manage as practices_invitations
from eventapp.profiles import views as profiles
from eventapp.progress import views as progress
from eventapp.push import views as push
from eventapp.record import views as record_views
from eventapp.record.capture import views as record_capture
from eventapp.record.clearing import manage as record_manage
from eventapp.record.clearing import views as record_clearing
from eventapp.record.confirmations import views as record_confirmations
from eventapp.record.desk import views as record_desk
from eventapp.record.extras import views as record_extras
from eventapp.record.loading import manage as record_loading
from eventapp.record.loading.arriving import manage as notes_imports
from eventapp.record.loading.files import manage as notes_files
from eventapp.record.published import views as record_published
from eventapp.record.rapporteurs import manage as record_rapporteurs
from eventapp.record.revisions import views as record_revisions
from eventapp.record.search import views as record_search
from eventapp.record.summaries import views as record_summaries
from eventapp.registration import views as registration
from eventapp.registration.accompanying import manage as accompanying
from eventapp.registration.accompanying import views as registration_accompanying
from eventapp.registration.answers import views as registration_answers
from eventapp.registration.changes import manage as registration_correcting
from eventapp.registration.decisions import manage as registration_decisions
from eventapp.registration.decisions.tasks import manage as decision_tasks
from eventapp.registration.imports import manage as imports
from eventapp.registration.invitations import manage as invitations
from eventapp.registration.invitations import views as registration_invited
from eventapp.registration.invitations.speakers import manage as speakers
from eventapp.registration.lists import manage as registration_lists
from eventapp.registration.nominated import views as registration_nominated
from eventapp.registration.offers import manage as waiting_list
from eventapp.registration.offers import views as registration_offers
from eventapp.registration.own import views as registration_own
from eventapp.registration.photographs import manage as photographs
from eventapp.registration.photographs import views as own_photograph
from eventapp.registration.saved import manage as saved_views
from eventapp.registration.tags import manage as registration_tags
from eventapp.registration.walk_ins import manage as registration_walk_ins
from eventapp.registration.walk_ins.short import manage as short_walk_ins

FEATURES: tuple[ModuleType, ...] = (
    *(checkin, checkin_manage, self_check_in, attendance, counter, offline_door),
    history,
    fellows,
    finding,
    *AGENDA,
    my_agenda,
    *(networking, networking_settings, networking_offers, networking_slots, bilaterals, bilateral_outcomes),
    push,
    profiles,
    sign_ups,
    announcements,
    api,
    settings,
    *(masthead, texts, lifecycle, body_organizers),
    *(starting, meeting_files),
    categories,
    questions,
    document_settings,
    *(documents, material, material_manage),
    information_settings,
    session_kinds,
    report_chapters,
    meeting_themes,
    theme_lines,
    zones,
    *(retention, erasure, erasures, meeting_languages, meeting_kinds, kind_of_meeting),
    information,
    desk,
    balance,
    balance_manage,
    progress,
    *(badges, badges_manage, badge_layouts),
    home,
    mail,
    failing,
    *(messages, messages_log),
    unsubscribing,
    official_list,
    official_list_manage,
    official_list_files,
    operations,
    personal_papers,
    personal_papers_manage,
    people,
    second_factor,
    people_manage,
    first_administrator,
    meetings,
    registration,
    registration_own,
    registration_nominated,
    registration_invited,
    registration_offers,
    waiting_list,
    *(invitations, speakers, imports, photographs, own_photograph),
    *(accompanying, registration_accompanying),
    registration_answers,
    *(registration_decisions, decision_tasks),
    registration_walk_ins,
    short_walk_ins,
    registration_correcting,
    registration_lists,
    registration_tags,
    delegations,
    delegations_by_file,
    focal,
    focal_manage,
    delegation_settings,
    organizations,
    organization_register,
    saved_views,
    *(wordings, consents),
    my_registration,
    actual,
    floor,
    *(late, moved, live_letters, live_letters_when, delay_rules, screens),
    speaking,
    record_views,
    record_capture,
    record_published,
    record_extras,
    record_search,
    record_revisions,
    record_clearing,
    record_summaries,
    record_rapporteurs,
    record_confirmations,
    record_desk,
    record_manage,
    *(record_loading, notes_imports, notes_files),
    *(commitments, commitments_manage),
    practices,
    practices_completion,
    practices_invitations,
    *(inputs, inputs_own, inputs_manage, inputs_sheet),
    *REVIEW,
    *(outlets, outlet_files, outlet_sheets),
    *(package, package_imports),
    clearance,
    clearance_manage,
    clearance_adoption,
    clearance_preview,
    clearance_publication,
)
