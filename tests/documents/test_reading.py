import zipfile
from io import BytesIO

import pytest
from flask import Flask

from eventapp.ground.tables.formats import DOCX, ENDINGS, ODP, ODS, ODT, PDF, PPTX, TXT, XLSX
from eventapp.ground.tables.packed import MOST_PARTS
from eventapp.ground.web.uploads import Unfit
from eventapp.registration.uploads.office import kind_of as kind_of_allowed
from tests.make_documents import office, packed
from tests.make_inputs import docx

ODT_PARTS = {"mimetype": ODT, "content.xml": "<office>Words</office>"}
MACROS = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'


def kind_of(content: bytes) -> str:
    return kind_of_allowed(content, allowed=ENDINGS)


def test_a_document_is_what_is_in_it(app: Flask) -> None:
    assert kind_of(b"%PDF-1.7\nwords\n%%EOF\n") == PDF
    assert kind_of(docx()) == DOCX
    assert kind_of(office("ppt/presentation.xml")) == PPTX
    assert kind_of(office("xl/workbook.xml")) == XLSX
    for kind in (ODT, ODP, ODS):
        assert kind_of(packed({**ODT_PARTS, "mimetype": kind})) == kind
    assert kind_of("Ordre du jour à 9 heures".encode()) == TXT


def test_a_sound_document_of_another_format_is_refused(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(Unfit) as unfit:
        kind_of_allowed(office("ppt/presentation.xml"), allowed=(PDF, DOCX))
    assert (
        str(unfit.value)
        == "Choose a file of one of these formats: PDF, DOCX. This file is none of them, whatever its name says."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"MZ\x90\x00\x03",
        b"",
        docx(**{"[Content_Types].xml": MACROS}),
        office("xl/workbook.xml", **{"xl/macrosheets/sheet1.xml": "macro"}),
        b"PK\x03\x04 and then nothing",
        b"%PDF-1.7\ncut off",
        docx()[:-30],
        docx("<w>never closed"),
        docx(BOMB),
        docx(**{"word/vbaProject.bin": "macro"}),
        packed({**ODT_PARTS, "Basic/Standard/Module1.xml": "macro"}),
        packed({"page.html": "<p>words"}),
        packed({"mimetype": ODT}),
        docx("<w>" + "a" * (31 * 1024 * 1024) + "</w>"),
        packed({f"part{number}": "" for number in range(MOST_PARTS + 1)}),
    ],
    ids=["html", "svg", "program", "empty", "macro type", "macro sheet", "no zip", "cut pdf", "cut docx", "broken xml", "entities", "macro", "basic", "a zip", "no text", "large",
         "many"],
)  # fmt: skip
def test_what_is_no_sound_document_is_refused_with_a_sentence(app: Flask, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(Unfit) as unfit:
        kind_of(content)
    assert str(unfit.value).endswith(".")


def test_a_damaged_byte_anywhere_is_never_our_fault(app: Flask) -> None:
    """A part that cannot be unpacked raised what nobody caught."""
    held, refused = BytesIO(), 0
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("[Content_Types].xml", "<Types>" + "types " * 50 + "</Types>")
        written.writestr("word/document.xml", "<w>" + "words " * 50 + "</w>")
    sound = held.getvalue()
    for place in range(len(sound)):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        with app.test_request_context():
            try:
                kind_of(bytes(damaged))
            except Unfit:
                refused += 1
    assert refused > len(sound) // 10


def test_a_changed_byte_is_noticed(app: Flask) -> None:
    content = docx(**{"word/media/picture.png": "a picture of the village"})
    broken = content.replace(b"a picture of the village", b"a picture of the vilLage")
    assert broken != content
    with app.test_request_context(), pytest.raises(Unfit):
        kind_of(broken)
