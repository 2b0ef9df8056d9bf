"""What stays when time alone has done its work, column by column, each with why. An erasure takes it, on request."""

from collections.abc import Mapping

STAYING: Mapping[str, frozenset[str]] = {
    reason: frozenset(names.split())
    for reason, names in {
        "who took part, or asked to, and what was decided: an official act": """
        decision.reason delegation_focal_point.name registration.badge_name registration.family_name
        registration.given_name registration.name_key registration.own_name registration.reason
        registration.record_name registration.search_text
        """,
        "the agenda as it was held, and who had a part in it": """
        session.description speaking_role.guid speaking_role.name speaking_role.name_own speaking_role.position_held
        speaking_role.reason
        """,
        "the record: notes of what was said, with every version, and how they are found": """
        findable.speaker findable.text findable.title findable.words revision.speaker revision.text revision.title
        statement.name
        """,
        "what was handed in to the secretariat and goes into the report": """
        input_answer.text input_answer_file.content input_answer_file.given_name
        input_file.content input_file.given_name input_revision.content practice_card.name practice_file.content
        practice_file.given_name practice_revision.content written_input.name
        """,
        "the report, what was said of its draft, and who was asked to clear it": """
        comment.text kept_version.packed paragraph.text paragraph.words reader.email reader.name
        """,
        "letters that were issued to somebody: another authority may ask whether they are ours": """
        personal_paper.content
        """,
        "history: who did what, sealed line by line": "entry.by_name entry.detail",
        "that an email went, to whom, about what, and what the mail server said; its words go": """
        letter.last_error letter.subject letter.to letter.to_name
        """,
        "an account, which serves the next meeting: its owner ends it, or two people erase it": """
        draft.content passkey.name person.email person.name profile.biography profile.code recovery_code.code_hash
        """,
    }.items()
}
