"""Presence: who has a page open that several people work on, and where in it. One row for each person and page.

Any such page uses it: its address `…/presence` answers with `others_here` and notes `arriving`, and the browser's side
is `static/presence/poll.js`. The kind says what the page is of ("report", "session"), the scope which one, the part
where in it somebody is.
"""
