"""A meeting file that the worker loads."""

from tests.meeting_file.test_actions import STAFFED

SESSIONS = 80


def large(slug: str = "spring-review", sessions: int = SESSIONS) -> str:
    """The file of the small meeting with many sessions more, each with somebody at an address and somebody without."""
    more = "".join(
        f"""\
  - code: L{number}
    title: Session {number}
    kind: discussion
    starts: 2016-10-04 {9 + number % 8:02}:00
    ends: 2016-10-04 {9 + number % 8:02}:30
    room: CR4
    sign_up: {number % 3 + 1}
    roles:
      - {{role: moderator, name: Mo {number}, email: mo{number}@example.org}}
      - {{role: speaker, name: Ada Byron, email: ada@example.org}}
    sub_items:
      - {{title: First of {number}, minutes: 5}}
"""
        for number in range(sessions)
    )
    return STAFFED.replace("slug: spring-review", f"slug: {slug}").replace("staff:\n", f"{more}staff:\n")
