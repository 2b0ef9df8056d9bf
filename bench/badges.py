"""One batch of badges in a process of its own, so that its memory can be told: `python -m bench.badges 3000`.

With `photographs` after it everybody has one, which stays. With `together` not the time but what it and its presses
hold at once is measured.
"""

import json
import resource
import sys
import time
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from bench.together import watched
from bench.world import CROWDED, PEOPLE
from eventapp import create_app
from eventapp.badges.printing import sheet
from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.layouts import USUAL_PARTS, Design, Size
from eventapp.badges.queries import Choice, bearers, faces, portraits
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.garbage import look_seldom
from eventapp.meetings.queries import meeting_at
from eventapp.registration.models import PHOTO, Registration, Upload
from eventapp.registration.uploads.reading import portrait_of

DRAWN = 24  # photographs that are drawn; each is sent by many, with a number in it, so that no two are the same file
TO_MEGABYTES = 1024 * 1024 if sys.platform == "darwin" else 1024


def held_at_most() -> float:
    """What this process held at the most. Where the system tells, since it began: a peak is inherited from who began it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / TO_MEGABYTES
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def choice_of(many: int) -> Choice:
    """The first so many by number, as an organizer chooses some; everybody where the crowd is no larger."""
    chosen = () if many >= PEOPLE else tuple(f"R-{number:04}" for number in range(1, many + 1))
    return Choice(unprinted=False, references=chosen)


def main(many: int, *, with_photographs: bool) -> None:
    started = time.perf_counter()
    shown, pdf = made(many, with_photographs=with_photographs)
    seconds = time.perf_counter() - started
    own, press = held_at_most(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / TO_MEGABYTES
    print(json.dumps({"seconds": seconds, "megabytes": len(pdf) / 1e6, "own": own, "press": press, "many": shown}))


def made(many: int, *, with_photographs: bool) -> tuple[int, bytes]:
    """From the database to the PDF."""
    meeting = meeting_at(CROWDED)
    assert meeting is not None
    shown = faces(meeting, bearers(meeting, choice_of(many)))
    parts = tuple(part for part in USUAL_PARTS if with_photographs or part != "photo")
    runs = [Run(Design(Size.A6, parts), shown)]
    return len(shown), sheet.pdf_of(runs, title="Measured badges", photographs=partial(portraits, meeting)).pdf


def together(many: int, *, with_photographs: bool) -> None:
    with watched() as seen:
        made(many, with_photographs=with_photographs)
    print(json.dumps({"together": seen.most}))


def send_photographs() -> None:
    """Everybody of the crowd has sent one, as large as a badge keeps them."""
    meeting = meeting_at(CROWDED)
    assert meeting is not None
    people = list(db.session.scalars(db.select(Registration.id).where(Registration.meeting_id == meeting.id)))
    drawn = [portrait_of(drawing(number)) for number in range(DRAWN)]
    facts = {"kind": PHOTO, "content_type": "image/jpeg", "content": b"", "given_name": "me.jpg", "uploaded_at": now()}
    rows = []
    for place, person in enumerate(people):
        portrait = with_number(drawn[place % DRAWN], place)
        seal = sha256(portrait).hexdigest()
        rows.append({**facts, "registration_id": person, "portrait": portrait, "sha256": seal})
    with transaction():
        db.session.execute(db.insert(Upload), rows)


def drawing(number: int) -> bytes:
    """A picture with as much in it as a face before a wall has, another for each number."""
    from PIL import Image

    out = BytesIO()
    noise = Image.effect_noise((90 + number, 120 + number), 60).resize((900, 1200))
    noise.convert("RGB").save(out, "JPEG")
    return out.getvalue()


def with_number(jpeg: bytes, number: int) -> bytes:
    """The same picture with a comment (ISO 10918-1, B.2.4.5), so that the press cannot keep one file for two people."""
    comment = f"{number:06d}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


RUSAGE_SELF, RUSAGE_CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN

if __name__ == "__main__":
    app = create_app()
    look_seldom()  # as wsgi.py does
    with app.app_context():
        if sys.argv[1:] == ["photographs"]:
            send_photographs()
        else:
            measure = together if "together" in sys.argv else main
            measure(int(sys.argv[1]), with_photographs="photographs" in sys.argv)
