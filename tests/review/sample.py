"""A small report to print: made up, with every part a report can have."""

from dataclasses import replace
from datetime import date

from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.reports.content import Annex, Evidence, Report, Rows
from eventapp.review.reports.parts import MeetingFacts

BROADBAND = Evidence(
    note="S2-01",
    revision=2,
    kind="trend",
    title="Fixed broadband is concentrated in one subregion",
    text="East and North-East Asia holds about three quarters of all fixed broadband subscriptions.",
    session="S2",
    session_title="Emerging trends: infrastructure, skills and security",
    source="International Telecommunication Union",
    action_lines=("C2", "C7-EAGR"),
    goals=(9, 11),
)
ADOPTION = replace(BROADBAND, note="S2-03", revision=1, kind="challenge", text="Twenty countries.", source="")

CHAPTERS = (
    (
        "Background",
        (
            Unnumbered(
                "In its resolution 70/125, the General Assembly invited the regional commissions to coordinate the "
                "follow-up at the regional level.^[General Assembly resolution 70/125 of 16 December 2015.]"
            ),
            Unnumbered(
                "By its resolution 72/10,^[ESCAP resolution 72/10.] the Commission asked for a regional review."
            ),
        ),
    ),
    ("Nothing said", ()),
    (
        "Emerging trends, challenges and opportunities",
        (
            Unnumbered("It was noted that fixed broadband remained concentrated.", (BROADBAND, ADOPTION)),
            Unnumbered("In 20 countries fewer than 2 per cent of people had fixed broadband.", (ADOPTION,)),
        ),
    ),
)
ANNEXES = (
    Annex(
        1,
        "programme",
        "Programme",
        ("Time", "No.", "Item", "Room"),
        (Rows("", (("09:00–09:30", "S1", "Opening", "Room 4"), ("09:30–10:30", "S2", "Trends", "Room 4"))),),
    ),
    Annex(
        2,
        "participants",
        "Participants",
        ("Delegation", "Name", "Organization"),
        (
            Rows("Member States", (("Bhutan", "Tshering Dorji", "Department of Information Technology"),)),
            Rows("United Nations bodies", (("UNESCO", "Li Wenjing (李文静)", "UNESCO Bangkok"),)),
        ),
    ),
    Annex(
        3,
        "evidence",
        "Evidence by paragraph",
        ("Para.", "Notes cited", "Action lines", "Goals"),
        (Rows("", (("3", "S2-01, S2-03", "C2, C7 agr", "9, 11"), ("4", "S2-03", "C2, C7 agr", "9, 11"))),),
    ),
)
REPORT = Report(
    name="summary",
    version=1,
    symbol="IWG-ICT/2016/RP.1",
    title="Summary report",
    bodies=("Regional review of the WSIS Action Lines", "Inter-agency Working Group on ICT"),
    language="en",
    policy="organization",
    distribution="Participants",
    issued_on=date(2016, 10, 4),
    notices=("Draft, issued without formal editing.", "Illustrative text; not the report of the meeting."),
    meeting=MeetingFacts(
        slug="bangkok-2016",
        title="Meeting on the Regional Review of the World Summit on the Information Society Action Lines",
        place="Bangkok",
        first_day=date(2016, 10, 4),
        last_day=date(2016, 10, 4),
        zone="Asia/Bangkok",
    ),
    chapters=numbered(CHAPTERS),
    annexes=ANNEXES,
)
