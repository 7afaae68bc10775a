"""Golden files: what came out last time, to compare with or (`--update-golden`) to write anew."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str | Path, text: str, update: bool) -> None:
    """Fail when `text` differs from the golden file `name` (or the file at that path); write it when `update`."""
    file = FOLDER / name
    if update:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), f"{name} is new: run pytest --update-golden and read it"
    assert text == file.read_text(encoding="utf-8"), f"{name} changed: read the diff, then --update-golden"
