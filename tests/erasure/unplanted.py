"""The columns that hold no words about a person which an erasure would have to find, each with why that is so.

A column is "table.column". A new one that takes words stands in none of these lists: then the test of the erasure
writes the name into it and looks whether it goes. List it only where no name of a person can ever be in it.
"""

from collections.abc import Mapping

UNPLANTED: Mapping[str, frozenset[str]] = {
    reason: frozenset(names.split())
    for reason, names in {
        "a code of a vocabulary, a language, a country, a time by the clock, or a mark made here": """
        accompanying_rules.category acknowledged_warning.kind agenda_import.day_order agenda_import.form
        agenda_import.kind agenda_import.language agenda_import.resumes agenda_import.state agenda_import.texts_in
        agenda_import_row.outcome announcement.state
        answer.choice bilateral.state bilateral_slot.wall_ends bilateral_slot.wall_starts body.code
        body_organizer.code category.code category.colour category.ink category.letter category.represents
        category.shape commitment_reminder.kind confirmation.answer consent_wording.language decision.after
        decision.before decision_line.before decision_line.outcome decision_task.act decision_task.language
        decision_task.mark decision_task.resumes decision_task.state delay_rule.hold delegation.country deletion.origin deletion.sort delivery.state
        document.agenda_item document.audience document.kind document_file.language draft.kind findable.kind gender_count.counts
        findable.language findable.state findable.thing finding_reason.kind floor.rule floor_act.act gate.code
        input_answer.choice input_note.part kept_version.why letter.language letter.state link.purpose
        live_change.kind meeting.country meeting.distribution meeting.live_letters meeting.original_language
        meeting.report_policy message.state message_copy.reason networking_consent.audience networking_line.kind
        networking_tag.kind networking_tag.tag notes_import.act notes_import.comes_as notes_import.language
        notes_import.state nominee.country nominee.gender nominee.stakeholder_type note.state
        official_list.audience official_list.rule organization.kind organization.state organization.status
        paper_template.kind paper_template.tongue paragraph.origin person.language personal_paper.code
        personal_paper.kind personal_paper.tongue place_offer.outcome prepared_file.act prepared_file.language
        package_import.kind package_import.language package_import.open_slug package_import.slug
        package_import.state prepared_file.state prepared_file.wanted practice_card.kind practice_consent.outlet
        presence.kind published_paragraph.anchor published_paragraph.place question.code question.kind question.stage
        reader.language registration.country registration.delegation_role registration.gender
        registration.own_language registration.state registration_import.kind registration_import.language
        registration_import.resumes registration_import.state registration_import_row.outcome
        registration_invitation.code registration_invitation.country registration_invitation.language remark.answer
        remark.kind reply.answer report.language report.policy report_check.language report_task.act
        report_task.language report_task.state report_task.wanted revision.act revision.ceiling revision.country
        revision.delivery revision.kind revision.language revision.support room.code scan.answered scan.method
        scan.verdict session.agenda_item session.code session.kind session.language session.rule session.waiting
        session.wall_ends session.wall_starts session_kind.chapter session_kind.code session_kind.colour
        session_kind.shape sign_in.challenge_for sign_up.state speaking_role.country speaking_role.name_language
        speaking_role.role speaking_role.state staff.role statement.country summary_revision.act tag.colour
        translation.language upload.kind wording.language zone.code
        """,
        "issued: it stays as it was issued (decision 0039), and is in the hands of others": """
        adoption.place adoption.text edition.content edition.sha256 edition_front.content edition_front.notice
        edition_front.sha256 edition_front.symbol edition_page.content edition_page.name edition_place.anchor
        edition_place.page official_list_line.country official_list_line.name official_list_line.organization
        official_list_line.part official_list_line.role official_list_line.sender official_list_line.sorted_by
        official_list_line.title official_list_version.content official_list_version.remark official_list_version.rule
        release.content release.difference release.digest release.remark
        """,
        "a file that others put up, or that goes by the clock, and is not looked into (decision 0039)": """
        delegation_letter.content document_file.content held_file.content information_picture.content
        notes_import_part.content package_import.faults package_import_lines.lines package_import_part.content
        paper_template.letterhead registration_import_file.content
        """,
        "the address or host of a try, which goes after two days by the clock": "rate_hit.key",
        "whom organizers name for questions; they replace it": "meeting.contact_email",
        "what is looked for, emptied at the end": "erasure.names",
        "sealed or a key, in a row that goes with the person": "answer.sealed passkey.public_key",
        "verbs and seals of the history: its words stand in detail and by_name": """
        chain_end.hash entry.hash entry.previous entry.resealed entry.thing entry.verb
        """,
        "codes of languages": "registration.languages",
        "a digest of words, made anew with them": "kept_version.digest",
        "a number that the browser drew; emptied": "registration.client_key",
    }.items()
}
