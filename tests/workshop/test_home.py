"""The first page: a long list in pages, and what narrows it."""

from __future__ import annotations

import re

import pytest

from builder.workshop import app
from tests.workshop.conftest import Client, Workshop


def _names(client: Client, address: str) -> list[str]:
    table = client.get(address).text.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<th scope="row"><a href="/bewerk/[^"]*">([^<]+)', table)


def test_a_long_list_goes_on_on_a_next_page(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    client = workshop.client()
    every = _names(client, "/")
    monkeypatch.setattr(app, "PER_PAGE", 4)
    shown: list[str] = []
    address = "/"
    while address:
        shown += _names(client, address)
        page = client.get(address)
        assert page.says(f"{len(every)} gevonden.")
        found = re.search(r'href="([^"]*)">Volgende', page.text)
        address = found[1].replace("&amp;", "&").partition("#")[0] if found else ""
    assert shown == every and len(every) > 8
    assert _names(client, "/?blad=999") == shown[-len(_names(client, "/?blad=999")) :]
    for odd in ("0", "-1", "x", "9" * 40, "\u00b2"):
        assert client.ask("GET", f"/?blad={odd.encode().hex() if ord(odd[0]) > 127 else odd}").status == 200


def test_the_list_of_one_thema_keeps_its_choice_on_every_page(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = workshop.client()
    every = _names(client, "/?thema=wonen")
    assert every and all(name.startswith("wonen-") or name in _lessons(workshop) for name in every)
    monkeypatch.setattr(app, "PER_PAGE", 1)
    page = client.get("/?thema=wonen")
    assert re.search(r'href="/\?zoek=&amp;status=&amp;thema=wonen&amp;blad=2#vragen">Volgende', page.text)
    assert [*_names(client, "/?thema=wonen"), *_names(client, "/?thema=wonen&blad=2")] == every[:2]


def _lessons(workshop: Workshop) -> set[str]:
    return {name for name, les in workshop.desk.bank().lessen.items() if les.thema == "wonen"}
