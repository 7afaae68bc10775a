"""The pages to look at: previews of an unsaved document, its pictures, a rule with examples, and our own files.

In: an address. Out: pages, pictures, style sheets. It changes nothing.
"""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from builder.model.itembank import Itembank
from builder.rulebook import RULES
from builder.workshop import examples, previews
from builder.workshop.desk import Desk
from builder.workshop.fields import form_of
from builder.workshop.saying import SEVERITIES, here
from builder.workshop.screens import TEMPLATES, Asked, page
from builder.workshop.session import Session, path_of
from builder.workshop.store import Refusal
from builder.yaml_writing import CannotEdit

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "png": "image/png",
}
# A picture is data, also when somebody opens it as a page.
_PICTURE_POLICY = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


class Looking:
    """The handlers for looking."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk
        self._paper: tuple[Itembank, str, tuple[bytes, ...] | str] | None = None

    def look(self, asked: Asked) -> Response:
        """Show a document as a candidate, on paper or on the site, with what is typed and not saved."""
        path = path_of(self.desk, asked)
        bank, name = self._bank_with(path, asked.query.get("venster", ""))
        if asked.path["als"] == "site":
            html = previews.on_the_site(self.desk.project, bank, name)
            return page("als-site.html", html=html)
        if asked.path["als"] == "cursist":
            return page("als-site.html", html=previews.for_learners(self.desk.project, bank, name))
        if asked.path["als"] == "papier":
            pages = self._pages(bank, name)
            number = 0 if isinstance(pages, str) else len(pages)
            zin = pages if isinstance(pages, str) else ""
            venster = asked.query.get("venster", "")
            return page("als-papier.html", path=path[:-5], aantal=number, zin=zin, venster=venster)
        vraag = previews.candidate(bank, name)
        return page("als-kandidaat.html", vraag=vraag, zin=previews.NOT_YET)

    def paper(self, asked: Asked) -> Response:
        """Return one page of the booklet as PNG."""
        path = path_of(self.desk, asked)
        bank, name = self._bank_with(path, asked.query.get("venster", ""))
        pages = self._pages(bank, name)
        number = int(asked.path["nummer"]) if asked.path["nummer"].isdigit() else 0
        if isinstance(pages, str) or not 1 <= number <= len(pages):
            raise Refusal(pages if isinstance(pages, str) else "Deze bladzijde is er niet.")
        return Response(pages[number - 1], media_type="image/png")

    def _pages(self, bank: Itembank, name: str) -> tuple[bytes, ...] | str:
        """Return the pages of the booklet; the last ones are kept, since each page is asked for by itself."""
        if self._paper is None or self._paper[0] is not bank or self._paper[1] != name:
            self._paper = bank, name, previews.paper(bank, name, date.fromisoformat(self.session.day()))
        return self._paper[2]

    def _bank_with(self, path: str, window: str) -> tuple[Itembank, str]:
        """Return the bank with what was typed in a window, and the id of the document."""
        text = self.desk.document(path)
        drafts = self.desk.store_of(path).drafts(path)
        draft = next((one for one in drafts if one.window == window), None)
        name = path.rpartition("/")[2].removesuffix(".yaml")
        if draft is None or text.data is None:
            return self.desk.bank(), name
        try:
            return self.desk.bank_with(path, self.desk.written(text, draft.data)), name
        except CannotEdit:
            return self.desk.bank(), name

    def picture(self, asked: Asked) -> Response:
        """Return a picture from a folder of the bank, also one that is in no document yet."""
        path = asked.path["path"]
        kind = _TYPES.get(path.rpartition(".")[2], "")
        raw = next((raw for store in self.desk.stores() if (raw := store.read(path)) is not None), None)
        if raw is None or not kind.startswith("image/"):
            raise Refusal("Dit plaatje is er niet.")
        return Response(raw, media_type=kind, headers=_PICTURE_POLICY)

    def rule(self, asked: Asked) -> Response:
        """Show a rule with a bad and a good example."""
        found = next((rule for rule in RULES if rule.code == asked.path["code"]), None)
        if found is None:
            raise Refusal("Deze regel is er niet.")
        schemas = self.desk.project.schemas
        names = examples.called([*form_of(schemas, "les"), *form_of(schemas, "item")])
        wrong, right = examples.shown(found, names)
        return page(
            "regel.html", **self.session.frame(), regel=found, soort=SEVERITIES[found.severity],
            waarom=here(found.why), fout=wrong, goed=right,
        )  # fmt: skip

    def fixed(self, asked: Asked) -> Response:
        """Return one of our own files: style, program, letters."""
        name = asked.path["name"]
        if name == "thema.css":
            return Response(previews.theme_style(), media_type=_TYPES["css"])
        assets = self.desk.project.site / "overrides" / "assets"
        for folder, names in (
            (
                TEMPLATES / "static",
                ("werkplaats.css", "kijkje.css", "werkplaats.js", "kiezen.js", "htmx.min.js", "bezoeken.css", "bezoeken.js"),
            ),
            (TEMPLATES.parent / "html", ("oefenen.css",)),
            (assets, ("knm.css", "knm.svg")),
        ):
            if name in names and (folder / name).is_file():
                return Response((folder / name).read_bytes(), media_type=_TYPES[name.rpartition(".")[2]])
        letters = {f"fonts/{file.name}": file for file in (assets / "fonts").glob("*.woff2")}
        if name in letters:
            return Response(letters[name].read_bytes(), media_type=_TYPES["woff2"])
        return Response(b"", 404)
