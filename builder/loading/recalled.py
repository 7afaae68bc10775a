"""An item or a picture that an earlier run found to be good, whose file is only opened when somebody asks for more."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from builder.diagnostics import Location, pointer_of
from builder.loading.positions import key_place, place
from builder.model.itembank import Picture

Signature = tuple[int, int, int, int]


class Changed(Exception):
    """A file changed between looking at it and opening it: what was remembered is no longer true, so read all anew."""


class KnownDocument(NamedTuple):
    """An item that held: what linking must know of it, and its file. Stands where a `Document` stands.

    A named tuple, because thousands are made in each run and a frozen dataclass takes longer to make.
    """

    path: str
    file: str
    digest: str
    eindterm: str
    indicator: str
    bronnen: tuple[str, ...]
    pictures: tuple[str, ...]
    others: tuple[str, ...]  # items it refers to
    in_set: bool

    @property
    def kind(self) -> str:
        """Only items are remembered."""
        return "item"

    @property
    def name(self) -> str:
        """The id, which is the name of the file."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def data(self) -> dict[str, Any]:
        """The data of the file, read now. Raises `Changed` when it is no longer what it was."""
        from builder.loading.read import parse

        data, _, _ = parse(self.path, contents(self.file, self.digest))
        if data is None:
            raise Changed(self.path)
        return data

    @property
    def positions(self) -> KnownDocument:
        """Where its values stand: it can say so itself."""
        return self

    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Return line and column of a value, as `LazyPositions` does."""
        return place(contents(self.file, self.digest).decode(), path)

    def key_at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Return line and column of a key, as `LazyPositions` does."""
        return key_place(contents(self.file, self.digest).decode(), path)

    def locate(self, *path: str | int) -> Location:
        """Return where the value at `path` stands."""
        line, column = self.at(path)
        return Location(self.path, line, column, pointer_of(path))


class KnownPicture(NamedTuple):
    """A picture that was fit: its type and size, and its file. Stands where a `PictureFile` stands."""

    path: str
    file: str
    digest: str
    media_type: str
    width: int
    height: int

    def make(self) -> Picture:
        """Return the picture, read now. Raises `Changed` when it is no longer what it was."""
        data = contents(self.file, self.digest)
        return Picture(self.path, data, self.media_type, self.width, self.height)


def contents(file: str, digest: str) -> bytes:
    """Return what a file holds. Raises `Changed` when that has another digest, or cannot be opened any more."""
    try:
        with open(file, "rb") as stream:
            content = stream.read()
    except OSError as error:
        raise Changed(file) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Changed(file)
    return content
