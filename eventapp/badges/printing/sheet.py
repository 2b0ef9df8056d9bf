"""Badges as a PDF: values in, bytes out. The press sets them, up to a hundred at a time."""

import base64
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from eventapp.badges.printing import fonts
from eventapp.badges.printing.batches import Batch, Run, batches_of
from eventapp.badges.printing.binding import Part, bind
from eventapp.badges.printing.faces import BadgeFace, Missing, Printed
from eventapp.badges.printing.layouts import CARD, PARTS, Design, Layout, Size, with_parts
from eventapp.badges.printing.lines import line
from eventapp.ground import qr
from eventapp.ground.jobs.leased import to_nobody
from eventapp.registration.uploads.reading import PORTRAIT

Photographs = Callable[[Collection[str]], Mapping[str, bytes]]


def no_photographs(_references: Collection[str]) -> Mapping[str, bytes]:
    return {}


_PRESS = Path(__file__).with_name("pdf_worker.py")
_PRESSES = 2  # at once: as many as the least machine has cores, so that one thread is enough for each
_ONE_THREAD = {"RAYON_NUM_THREADS": "1"}
_SECONDS = 120
_ROLES = 4  # as many as there is room for


def pdf(faces: Sequence[BadgeFace], size: Size, *, title: str, tagged: bool = False) -> Printed:
    """All badges in this order with all that they have, on one side, and every character no font has.

    A tagged PDF can be read aloud, and is twice the size: it is for one's own badge, not for a batch.
    """
    return pdf_of([Run(Design(size, tuple(PARTS)), faces)], title=title, tagged=tagged)


def pdf_of(
    runs: Sequence[Run],
    *,
    title: str,
    tagged: bool = False,
    photographs: Photographs = no_photographs,
    tell: Callable[[int, int], None] = to_nobody,
) -> Printed:
    """All badges as one file, run after run, each on pages of its own size; and every character no font has: the batch
    prints all the same.

    Photographs that the faces do not have are asked for by reference, those of one batch when it is its turn; `tell`
    is called with how many badges are set, and how many there are.
    """
    pressed = partial(_pressed, title=title, tagged=tagged)
    missing: list[Missing] = []
    order = {face.reference: place for place, face in enumerate(chain.from_iterable(run.faces for run in runs))}

    def parts() -> Iterator[Part]:
        done = 0
        for batch, printed in _both_ends(pressed, batches_of(runs), photographs):
            done += len(batch.faces)
            tell(done, len(order))
            missing.extend(printed.missing)
            yield batch.pages, printed.pdf

    bound = bind(parts())
    return Printed(bound, tuple(sorted(dict.fromkeys(missing), key=lambda one: order[one.reference])))


def missing_in(faces: Sequence[BadgeFace]) -> list[Missing]:
    """Every character of these badges that no font has, without printing them."""
    missing: list[Missing] = []
    for face in faces:
        _lines(face, missing)
    return missing


def without_glyph(text: str) -> set[str]:
    """The characters of this text that no font has; what only joins or shapes others may be among them."""
    return {character for character in set(text) if not fonts.has_glyph(character)}


def _both_ends(
    press: Callable[[Batch], Printed], made: Sequence[Batch], photographs: Photographs
) -> Iterator[tuple[Batch, Printed]]:
    """Each batch with what it came to: one hand takes from the front, the other from the back.

    They come in turn from both ends, whichever was ready first, so that the same badges are the same bytes.
    """
    waiting, ready = deque(made), dict[tuple[int, ...], Printed]()
    running: dict[Future[Printed], tuple[Batch, Callable[[], Batch]]] = {}
    with ThreadPoolExecutor(_PRESSES) as presses:

        def go_on(take: Callable[[], Batch]) -> None:
            if waiting:
                batch = take()
                running[presses.submit(press, with_photographs(batch, photographs))] = batch, take

        go_on(waiting.popleft)
        go_on(waiting.pop)
        for turn in range(len(made)):
            batch = made[-1 - turn // 2] if turn % 2 else made[turn // 2]
            while batch.pages not in ready:
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    finished, take = running.pop(done)
                    go_on(take)
                    ready[finished.pages] = done.result()
            yield batch, ready.pop(batch.pages)


def with_photographs(batch: Batch, photographs: Photographs) -> Batch:
    """The same with photographs, where they are to be on these badges."""
    if "photo" not in batch.design.all_parts:
        return batch
    found = photographs([face.reference for face in batch.faces if not face.photo])
    faces = tuple(replace(face, photo=face.photo or found.get(face.reference, b"")) for face in batch.faces)
    return replace(batch, faces=faces)


def _pressed(batch: Batch, title: str, *, tagged: bool) -> Printed:
    """One batch as a file."""
    missing: list[Missing] = []
    layout, sides = batch.design.layout, batch.design.sides
    out = press({"tags": tagged}, lambda: values_of(batch.faces, layout, sides, title, missing))
    return Printed(out, tuple(missing))


def press(job: dict[str, object], values: Callable[[], dict[str, object]]) -> bytes:
    """What the press makes of these; it reads its fonts while what it is to set is written down."""
    command = [sys.executable, "-I", str(_PRESS), *fonts.folders()]
    pipe = subprocess.PIPE
    alone = os.environ | _ONE_THREAD
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=alone) as setting:  # noqa: S603 -- our own file
        try:
            out, errors = setting.communicate(json.dumps(job | {"values": values()}).encode(), timeout=_SECONDS)
        except BaseException:
            setting.kill()
            raise
    if setting.returncode:
        raise RuntimeError(f"The press stopped: {errors.decode(errors='replace')[-2000:]}")
    return out


def values_of(
    faces: Iterable[BadgeFace],
    layout: Layout,
    sides: Sequence[Collection[str]],
    title: str,
    missing: list[Missing],
    *,
    measured: bool = False,
) -> dict[str, object]:
    """What the sheet is told of these badges, these parts on each side; `measured` has it say what found no room."""
    front, *back = ([_badge(with_parts(face, parts), layout, missing) for face in faces] for parts in sides)
    return {
        "title": title,
        **layout.values,
        "measured": measured,
        "fonts": {form: fonts.families(form) for form in fonts.FORMS},
        "serif": fonts.SERIF,
        "badges": front,
        "backs": back[0] if back else [],
    }


def _badge(face: BadgeFace, layout: Layout, missing: list[Missing]) -> dict[str, object]:
    return _lines(face, missing) | {
        "reference": face.reference,
        "letter": face.letter,
        "zones": face.zones,
        "shape": face.shape,
        "colour": face.colour,
        "ink": face.ink,
        "qr": qr.svg(face.code) if face.code else None,
        "photo": _framed(face.photo) if face.photo else None,
        "crowded": _is_crowded(face, on_card=layout.face == CARD),
    }


def _framed(photo: bytes) -> str:
    """The photograph in a drawing: the press takes text only, and copies the JPEG as it is."""
    wide, high = PORTRAIT
    data = base64.b64encode(photo).decode()
    picture = f'<image width="{wide}" height="{high}" href="data:image/jpeg;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">{picture}</svg>'


def _lines(face: BadgeFace, missing: list[Missing]) -> dict[str, object]:
    def ready(field: str, text: str, language: str = "") -> dict[str, object] | None:
        if not text:
            return None
        made = line(text, language)
        missing.extend(Missing(face.reference, field, character) for character in made.missing)
        return made.values | {"of": (face.reference, field)}

    return {
        "name": ready("name", face.name or face.reference),
        "own": ready("name_own", face.name_own, face.language_own),
        "organization": ready("organization", face.organization),
        "delegation": ready("delegation", face.delegation),
        "label": ready("class_label", face.class_label),
        "roles": [
            ready(field, words)
            for field, words in [
                *(("roles", role) for role in face.roles),
                *(("sessions", part) for part in face.sessions),
            ][:_ROLES]
        ],
        "languages": ready("languages", " · ".join(face.languages)),
        "answers": [ready("answers", one.words) for one in face.answers],
        "event": [ready("event", words) for words in face.event],
        "remark": ready("remark", face.remark),
    }


def _is_crowded(face: BadgeFace, *, on_card: bool) -> bool:
    """Whether the sheet has to try if everything finds room together; trying all would double the time."""
    below = face.roles or face.sessions or face.remark or face.zones or face.languages or face.answers
    if face.photo or (on_card and face.name_own and face.organization and below):
        return True
    most = (
        (face.zones, 6),
        (face.name, 34),
        (face.name_own, 24),
        (face.organization, 50),
        (face.delegation, 30),
        ((*face.roles, *face.sessions, *face.answers, *face.languages[:1]), 2),
    )
    return any(len(value) > limit for value, limit in most)
