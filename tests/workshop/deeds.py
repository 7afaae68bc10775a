"""What people do in the workshop, done without a server: for `killing.py`, that kills them half-way.

Each works in the project of the current folder, as `auteur-7` on one day.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from builder.artifacts import WriteError
from builder.checks.context import Context
from builder.project import find_project
from builder.workshop import store as store_module
from builder.workshop.bin import Bin
from builder.workshop.desk import Desk
from builder.workshop.editing import Editing
from builder.workshop.exchanging import Exchanging
from builder.workshop.screens import Asked
from builder.workshop.session import Session
from builder.workshop.starting import Starting
from builder.workshop.store import Draft, Refusal, mark_of
from builder.workshop.submissions import pack
from builder.workshop.versions import Versions
from tests.conftest import ITEM_PATH

WINDOW = "0000000a"
PICTURE = "items/wonen/wonen-004.svg"
AT = {"path": ITEM_PATH[:-5]}
NEW = "Wat gebeurt er als u de huur vergeet?"


def desk_in(folder: Path) -> Desk:
    return Desk(find_project(folder), None, Context())


def _session() -> Session:
    return Session(desk_in(Path.cwd()), lambda: "2026-11-25")


def _save(text: str) -> None:
    session = _session()
    held = session.desk.document(ITEM_PATH)
    given = {"venster": [WINDOW], "basis": [mark_of(held.raw)], "stam": [text], "doe": ["bewaar"]}
    answer = Editing(session).post(Asked(AT, {}, given))
    if answer.status_code != 303:
        print(bytes(answer.body).decode("utf-8"))
        raise SystemExit(2)


def save() -> None:
    """Bewaar: another text in one field."""
    _save(NEW)


def undo() -> None:
    """Draai terug."""
    Versions(_session()).undo(Asked(AT, {}, {}))


def throw_away() -> None:
    """Gooi weg: the item and the picture beside it."""
    session = _session()
    basis = mark_of(session.desk.document(ITEM_PATH).raw)
    Starting(session).throw_away(Asked(AT, {}, {"basis": [basis]}))


def put_back() -> None:
    """Zet terug."""
    Starting(_session()).put_back(Asked({}, {}, {"nummer": ["1"]}))


def new() -> None:
    """Begin een vraag."""
    Starting(_session()).create(Asked({}, {}, {"eindterm": ["3.1.2"]}))


def receive() -> None:
    """Ontvang een inzending: an item with a picture."""
    Exchanging(_session()).receive(Asked({}, {}, {}, {"zip": ("inzending.zip", Path("in.zip").read_bytes())}))


# What must be there before.


def who(root: Path) -> None:
    desk_in(root).open.write_note("ik", {"code": "auteur-7"})


def with_picture(root: Path) -> None:
    """A concept with a picture."""
    who(root)
    file = root / ITEM_PATH
    text = file.read_text(encoding="utf-8").partition("beoordelingen:")[0]
    text = text.replace("status: review", "status: concept")
    text = text.replace(
        "opties:",
        "afbeelding:\n  bestand: wonen-004.svg\n  alt: Een deur.\n  maker: redactie\n  licentie: CC BY 4.0\nopties:",
        1,
    )
    file.write_text(text, encoding="utf-8")
    shutil.copy(next((root / "items").rglob("*.svg")), root / PICTURE)


def with_draft(root: Path) -> None:
    """A concept with a picture, in which somebody typed."""
    with_picture(root)
    store = desk_in(root).open
    store.keep_draft(Draft(ITEM_PATH, WINDOW, mark_of(store.read(ITEM_PATH)), {"stam": NEW}))


def saved_before(root: Path) -> None:
    """A save that can be undone."""
    who(root)
    store = desk_in(root).open
    raw = (root / ITEM_PATH).read_bytes()
    store.save(ITEM_PATH, raw.replace(b"versie: 1\n", b"versie: 1 # eerst\n"), mark_of(raw), "auteur-7")


def thrown_before(root: Path) -> None:
    """A thrown item that can be put back, with what was typed in it."""
    with_draft(root)
    raw = (root / ITEM_PATH).read_bytes()
    assert Bin(desk_in(root).open).throw_away(ITEM_PATH, [PICTURE], mark_of(raw)) == 1


def zip_before(root: Path) -> None:
    """A zip of another bank."""
    with_picture(root)
    desk = desk_in(root)
    (root / "in.zip").write_bytes(pack(desk, desk.document(ITEM_PATH))[1])
    (root / ITEM_PATH).unlink()
    (root / PICTURE).unlink()


# What must hold, whenever it was killed: nothing that was there is lost.


def text_is_kept(root: Path) -> None:
    """The old text stands there, or going back gives it."""
    store = desk_in(root).open
    if NEW.encode() in (store.read(ITEM_PATH) or b""):
        store.undo(ITEM_PATH)
    assert "Wat gebeurt er als je de huur niet betaalt?" in (root / ITEM_PATH).read_text(encoding="utf-8")


def item_is_kept(root: Path) -> None:
    """The item, its picture and what was typed stand there, or can be put back."""
    store = desk_in(root).open
    if store.read(ITEM_PATH) is None or store.read(PICTURE) is None:
        assert Bin(store).put_back(1) == ITEM_PATH
    assert store.read(ITEM_PATH) and store.read(PICTURE)
    assert [draft.data["stam"] for draft in store.drafts(ITEM_PATH)] == [NEW]


def item_has_its_picture(root: Path) -> None:
    """An item that is there has its picture."""
    assert not (root / ITEM_PATH).exists() or (root / PICTURE).exists()


def item_has_what_was_typed(root: Path) -> None:
    """An item that is there has its picture and its draft."""
    item_has_its_picture(root)
    assert not (root / ITEM_PATH).exists() or len(desk_in(root).open.drafts(ITEM_PATH)) == 1


DEEDS = {found.__name__: found for found in (save, undo, throw_away, put_back, new, receive)}


def do(name: str) -> int:
    """Do a deed; a refusal is said, as the workshop does, and gives 2."""
    store_module.PATIENCE = 0.2
    try:
        DEEDS[name]()
    except (Refusal, WriteError) as refusal:
        print(refusal)
        return 2
    return 0
