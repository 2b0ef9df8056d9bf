"""Every page there is, and who looks at it. A new page without a row here fails the test."""

PAGES = {
    "home.index": "visitor",
    "home.mine": "visitor",
    "home.accessibility": "visitor",
    "home.privacy": "visitor",
    "people.new": "visitor",
    "people.sent": "visitor",
    "people.show": "visitor",
    "people.account": "participant",
}
# The same page again, as it stands for somebody else.
AGAIN = [("home.index", "participant"), ("home.index", "organizer"), ("home.mine", "organizer")]
# What answers with a file, a redirect or data, or exists in development only.
NOT_PAGES = {"static", "home.parts", "operations.healthz", "operations.readyz"}
