"""The pages where a document begins and ends: a new item or les, throwing away, putting back.

In: what was posted. Out: pages, and a new file from the template, or files moved out of the bank and back.
"""

from __future__ import annotations

import re

from starlette.responses import Response

from builder import yaml_writing
from builder.loading.read import parse
from builder.workshop import forms, offering
from builder.workshop.bin import Bin
from builder.workshop.desk import Desk, Text
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Conflict, Refusal

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Starting:
    """The handlers for beginning and throwing away."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def new(self, asked: Asked) -> Response:
        """Show the first questions about a new item."""
        if not self.session.who:
            return to("/?verder=/nieuw")
        bank = self.desk.bank()
        return page(
            "nieuw.html",
            **self.session.frame(),
            themas=bank.themas,
            dekking={n: offering.coverage_text(bank, n) for n in bank.eindterm_nummers()},
            per_thema={thema.slug: offering.thema_text(bank, thema.slug) for thema in bank.themas},
            gekozen=asked.query.get("eindterm", ""),
            besloten=self.desk.secret is not None,
        )

    def create(self, asked: Asked) -> Response:
        """Make a new item as concept, from the template."""
        bank = self.desk.bank()
        nummer = asked.one("eindterm")
        if not bank.has_eindterm(nummer):
            raise Refusal("Kies eerst een eindterm. Ga terug en kies er een uit de lijst.")
        secret = asked.one("examen") == "ja"
        store = self.desk.secret if secret else self.desk.open
        if store is None:
            raise Refusal("Er is nog geen besloten map. Vraag de toetsleider om die in knm.toml te zetten.")
        thema = bank.thema_of(nummer).slug
        taken = self.desk.names_in_use()
        for number in range(1, 1000):
            name = f"{thema}-{number:03}"
            if name in taken:
                continue
            text = yaml_writing.skeleton("item", {"id": name, "eindterm": nummer})
            if secret:  # another folder: the editor's line about the schema would point nowhere
                text = text.partition("\n")[2]
            path = f"items/{thema}/{name}.yaml"
            raw = text.encode("utf-8")
            data = parse(path, raw)[0] or {}
            data["maker"] = self.session.known()
            raw = self.desk.written(Text(path, "item", raw, parse(path, raw)[0]), data)
            if store.create(path, raw):
                return to(f"/bewerk/{path.removesuffix('.yaml')}")
        raise Refusal(f"Bij {thema} zijn alle nummers tot en met 999 gebruikt.")

    def create_les(self, asked: Asked) -> Response:
        """Make a new les as concept, from the template."""
        who = self.session.known()
        bank = self.desk.bank()
        nummer, name = asked.one("eindterm"), forms.clean(asked.one("naam"), True).lower().replace(" ", "-")
        if not bank.has_eindterm(nummer):
            raise Refusal("Kies eerst een eindterm. Ga terug en kies er een uit de lijst.")
        if not _NAME.fullmatch(name) or len(name) > 80:
            raise Refusal("Geef de les een korte naam. Gebruik kleine letters, cijfers en streepjes.")
        thema = bank.thema_of(nummer).slug
        values = {"id": name, "thema": thema, "eindterm": nummer, "datum": self.session.day()}
        values["bron"] = bank.eindtermen.bron if bank.eindtermen else "TODO"
        path = f"content/lessen/{thema}/{name}.yaml"
        raw = yaml_writing.skeleton("les", values).encode()
        data = parse(path, raw)[0] or {}
        raw = self.desk.written(Text(path, "les", raw, data), {**data, "maker": who})
        if name in self.desk.names_in_use() or not self.desk.open.create(path, raw):
            raise Refusal(f"Er is al een les met de naam {name}. Kies een andere naam.")
        return to(f"/bewerk/{path.removesuffix('.yaml')}")

    def throw_away(self, asked: Asked) -> Response:
        """Throw a concept away, with its pictures and what was typed in it; it can be put back."""
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        data = text.data or {}
        if data.get("status") != "concept" or data.get("beoordelingen") or data.get("gebruik"):
            raise Refusal(
                "Alleen een concept dat niemand heeft beoordeeld, kan weg. Laat het vervallen bij Stand en geschiedenis."
            )
        store = self.desk.store_of(path)
        folder, stem = path.rpartition("/")[0], path.rpartition("/")[2].removesuffix(".yaml")
        ours = re.compile(rf"{re.escape(stem)}(-[a-z0-9]+)?\.(png|svg)")
        beside = [
            f"{folder}/{file.name}"
            for file in sorted((store.root / folder).iterdir())
            if ours.fullmatch(file.name)
        ]
        try:
            number = Bin(store).throw_away(path, beside, asked.one("basis"))
        except Conflict:
            raise Refusal("Deze vraag is net veranderd. Open haar opnieuw en kijk of ze weg mag.") from None
        return to(f"/?weg={number}" + ("&besloten=ja" if store is self.desk.secret else ""))

    def put_back(self, asked: Asked) -> Response:
        """Put back what was thrown away."""
        number, secret = asked.one("nummer"), asked.one("besloten") == "ja"
        store = self.desk.secret if secret and self.desk.secret is not None else self.desk.open
        path = Bin(store).put_back(int(number) if number.isdigit() and len(number) < 9 else 0)
        return to(f"/bewerk/{path.removesuffix('.yaml')}")
