"""`flask review`: compile and give out reports from the command line."""

import re
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.review.compilation.actions import Draft, choose_policy, compile_report, start_report
from eventapp.review.formats.evidence_json import from_dict, report_schema
from eventapp.review.formats.writers import FORMATS, ending_of, written
from eventapp.review.language.data import sentence, written_in
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from eventapp.review.reports.outline_file import LANGUAGES, FaultyOutline, read_outline
from eventapp.review.reports.outlines import FOLDER, STANDARD, all_outlines
from eventapp.review.reports.queries import chapters_of, report_at
from eventapp.review.reports.tailored.queries import faults_in_chapters
from eventapp.review.versions.doubts import names_in_text
from eventapp.review.versions.publication_snapshot import draft as draft_of
from eventapp.vocabulary.notes import CEILINGS

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
group = AppGroup("review", help="Reports of a meeting.")


@group.command("export")
@click.argument("meeting")
@click.argument("report")
@click.option(
    "--format", "ending", type=click.Choice(list(FORMATS)), help="Else what the file's name ends in, or docx."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--draft", is_flag=True, help="Write the report as it stands now, not as it was published.")
def export(meeting: str, report: str, ending: str | None, output: Path, *, draft: bool) -> None:
    """Write the newest published version of REPORT of MEETING to a file."""
    found, ending = report_or_fail(meeting, report), ending or ending_of(output, "docx")
    edition = edition_of(found)
    if draft:
        text = draft_of(found, chapters_of(found), by="", at=now())
    elif edition:
        text = from_dict(edition.content)
    else:
        raise click.ClickException(f"The report {report} is not published yet. Publish it, or export it with --draft.")
    output.write_bytes(written(text, ending))
    if draft and (names := names_in_text(found, chapters_of(found))):
        click.echo(
            f"This draft says names above their ceiling: {', '.join(names)}. Keep it among the editors.", err=True
        )
    what = "the draft" if draft else f"version {text.version}"
    click.echo(f"Wrote {what} of {report} to {output}.")


@group.command("compile")
@click.argument("meeting")
@click.argument("report")
@click.option(
    "--outline",
    help=f"A file of outlines/, of a report that is begun; else the meeting's, or {STANDARD}.",
)
@click.option(
    "--policy",
    type=click.Choice(list(CEILINGS)),
    help="Whom it names; as it was, else the meeting's, or organization.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of a report that is begun; else its outline's.")
def compile_again(meeting: str, report: str, *, outline: str | None, policy: str | None, language: str | None) -> None:
    """Bring REPORT of MEETING up to the notes that are cleared now; begin it where it is not there yet."""
    held = meeting_or_fail(meeting)
    found = report_at(held, report)
    try:
        if found is None:
            draft = first_draft(held, report, outline, policy, language)
            made = start_report(held, draft, by=None, at=now())
            line = f"The report {report} is begun: {paragraphs_in(made)} paragraphs."
        else:
            line = brought_up(found, outline, policy, language)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(line)


def first_draft(meeting: Meeting, name: str, outline: str | None, policy: str | None, language: str | None) -> Draft:
    if not NAME.fullmatch(name):
        raise click.ClickException("The name of a report has small letters, figures and hyphens, 80 at most.")
    usual = meeting.report_outline if meeting.report_outline in all_outlines() else STANDARD
    policy, outline = policy or meeting.report_policy or "organization", outline or usual
    of_outline = all_outlines().get(outline)
    with written_in(language or (of_outline.language if of_outline else "en")):
        title = sentence("draft_title", title=meeting.title)[:300]
    return Draft(name, title, symbol="", policy=policy, outline=outline, language=language or "")


def brought_up(report: Report, outline: str | None, policy: str | None, language: str | None) -> str:
    if outline and outline != report.outline:
        raise Refused(f"The report {report.name} has the outline {report.outline}. Begin another one for {outline}.")
    if language and language != report.language:
        raise Refused(f"The report {report.name} is in another language. Begin another one for {language}.")
    if policy and policy != report.policy:
        done = choose_policy(report, policy, by=None, at=now())
    else:
        done = compile_report(report, by=None, at=now())
    return f"Paragraphs: {len(done.added)} added, {len(done.rewritten)} rewritten, {len(done.gone)} gone."


def paragraphs_in(report: Report) -> int:
    return sum(one.removed_at is None for chapter in chapters_of(report) for one in chapter.paragraphs)


@group.command("outlines")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", help="Also what the kinds of session and the chapters of this meeting name.")
def outlines(files: tuple[Path, ...], meeting: str | None) -> None:
    """Check the outlines in FILES, or all of outlines/: what is wrong with each, and in which line."""
    checked = files or tuple(sorted(FOLDER.glob("*.toml")))
    faults = 0
    for file in checked:
        try:
            read_outline(file.stem, file.read_text(encoding="utf-8"))
        except FaultyOutline as fault:
            faults += 1
            click.echo(f"{file}:{fault.line}: {fault}", err=True)
        except UnicodeDecodeError as error:
            faults += 1
            line = error.object.count(b"\n", 0, error.start) + 1
            click.echo(f"{file}:{line}: {file.stem}: this is not UTF-8.", err=True)
    click.echo(f"Outlines: {len(checked) - faults} can be used, {faults} cannot.")
    loose = list(faults_in_chapters(meeting_or_fail(meeting))) if meeting else []
    for fault_of_meeting in loose:
        click.echo(f"{meeting}: {fault_of_meeting}", err=True)
    if faults or loose:
        raise SystemExit(1)


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a report's JSON."""
    click.echo(report_schema(), nl=False)


def report_or_fail(meeting: str, report: str) -> Report:
    return report_at(meeting_or_fail(meeting), report) or fail(f"The meeting {meeting} has no report {report}.")


def meeting_or_fail(slug: str) -> Meeting:
    found = meeting_at(slug)
    if found is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    return found


def fail(message: str) -> Report:
    raise click.ClickException(message)
