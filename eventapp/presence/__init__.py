"""Presence: who has a page open that several people work on, and where in it. One row for each person and page.

Any such page uses it: `arrive` when it is opened and every ten seconds, `others_at` to say who else is there. The kind
says what the page is of ("report", "session"), the scope which one, the part where in it somebody is.
"""
