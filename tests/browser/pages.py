"""Every page there is, and who looks at it. A new page without a row here fails the test."""

PAGES = {
    "badges_manage.index": "organizer",
    "badges_manage.show": "organizer",
    "home.accessibility": "visitor",
    "home.index": "visitor",
    "home.mine": "visitor",
    "home.privacy": "visitor",
    "meetings.show": "visitor",
    "mine.show": "visitor",
    "people.account": "participant",
    "people.new": "visitor",
    "people.sent": "visitor",
    "people.show": "visitor",
    "registration.confirmation": "visitor",
    "registration.done": "visitor",
    "registration.edit": "visitor",
    "registration.lost": "visitor",
    "registration.new": "visitor",
    "registration.withdrawal": "visitor",
    "settings.document": "organizer",
    "settings.edit": "organizer",
    "settings.edit_category": "organizer",
    "settings.edit_meeting": "organizer",
    "settings.new_category": "organizer",
    "settings.room": "organizer",
}
# The same page again, as it stands for somebody else.
AGAIN = [("home.index", "participant"), ("home.index", "organizer"), ("home.mine", "organizer")]
# What answers with a file, a redirect or data, or exists in development only.
NOT_PAGES = {
    "badges.show",
    "home.parts",
    "mail.enclosure",
    "mail.index",
    "mail.page",
    "mail.show",
    "mine.code_picture",
    "operations.healthz",
    "outcomes.suggesting",
    "operations.readyz",
    "registration.upload",
    "static",
}
