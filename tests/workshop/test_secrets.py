"""Secret items: chosen at birth, kept beside the project, and never in anything that others see."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.cli_project import Refused
from builder.cli_workshop import secret_folder
from builder.loading.load import load
from builder.project import Project, Settings
from builder.website.plugin import build_site
from builder.workshop.desk import Desk
from builder.workshop.store import Refusal
from tests.conftest import ROOT, CopiedProject, copy_of_the_site
from tests.workshop.conftest import Client, Workshop, changed, form_in
from tests.workshop.test_editing import FULL, begun, filled
from tests.workshop.test_guard import png
from tests.workshop.test_judging import as_somebody

CANARY = "Wie maakt de kapotte deur van een huurhuis?"


def secret_item(workshop: Workshop, client: Client) -> str:
    path = begun(client, examen="ja")
    page = client.get(f"/bewerk/{path}")
    sent = changed(form_in(page, f"/bewerk/{path}"), {**FULL, "doe": "plaatje:afbeelding"})
    page = client.send_file(f"/bewerk/{path}", sent, "plaatje!afbeelding", "deur.png", png(300, 200))
    filled(client, path, {"afbeelding.alt": "Een deur met een gat.", "doe": "stap:review"}, page)
    return path


def in_project(workshop: Workshop) -> list[str]:
    return [
        str(file.relative_to(workshop.root))
        for file in workshop.root.rglob("*")
        if file.is_file() and (CANARY.encode() in file.read_bytes() or "wonen-004" in file.name)
    ]


def approved(workshop: Workshop, path: str) -> None:
    """Two people approve, and it becomes secret."""
    for code, rol in (("lezer-2", "vakinhoud"), ("lezer-3", "toets-taal")):
        client = as_somebody(workshop.client(), code)
        client.send(f"/antwoord/{path}", [("antwoord", "A")])
        sent = changed(
            form_in(client.get(f"/review/{path}"), f"/oordeel/{path}"), {"oordeel": "goed", "rol": rol}
        )
        assert client.send(f"/oordeel/{path}", sent).status == 303
    for status in ("vastgesteld", "geheim"):
        answer = client.send(f"/stap/{path}", [("status", status)])
        assert answer.status == 303, answer.text


def test_a_secret_item_lives_beside_the_project_with_all_that_belongs_to_it(with_secrets: Workshop) -> None:
    workshop = with_secrets
    client = as_somebody(workshop.client(), "auteur-7")
    path = secret_item(workshop, client)
    assert in_project(workshop) == []
    assert workshop.desk.secret is not None
    secret = workshop.desk.secret.root
    assert (secret / f"{path}.yaml").is_file() and (secret / "items/wonen/wonen-004.png").is_file()
    page = client.get(f"/bewerk/{path}")
    assert page.says("besloten")
    sent = changed(form_in(page, f"/bewerk/{path}"), {"context": CANARY, "doe": "kijk"})
    client.send(f"/bewerk/{path}", sent)  # a draft
    filled(client, path, {"context": CANARY, "doe": "bewaar"})  # and history
    approved(workshop, path)
    assert in_project(workshop) == []
    assert client.get(f"/bewerk/{path}").says("geheim")
    assert begun(client) == "items/wonen/wonen-005"  # its number is not given to a public one


def test_the_site_and_the_public_bank_never_meet_it(with_secrets: Workshop, tmp_path: Path) -> None:
    workshop = with_secrets
    path = secret_item(workshop, as_somebody(workshop.client(), "auteur-7"))
    approved(workshop, path)
    project = workshop.desk.project
    bank, found = load(project)
    assert not found and "wonen-004" not in bank.items
    import shutil

    shutil.rmtree(project.root / "site")
    copy_of_the_site(project.root)
    build_site(project, bank, date(2026, 11, 25), tmp_path / "site")
    assert not [
        file
        for file in (tmp_path / "site").rglob("*")
        if file.is_file() and CANARY.encode() in file.read_bytes()
    ]


def test_a_public_build_that_meets_one_fails(with_secrets: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = with_secrets
    path = secret_item(workshop, as_somebody(workshop.client(), "auteur-7"))
    approved(workshop, path)
    assert workshop.desk.secret is not None
    for file in workshop.desk.secret.root.glob("items/wonen/*"):
        (workshop.root / "items/wonen" / file.name).write_bytes(file.read_bytes())  # somebody copies it
    import shutil

    shutil.copytree(ROOT / "schemas", workshop.root / "schemas")
    monkeypatch.chdir(workshop.root)
    result = CliRunner().invoke(main, ["build", "--today", "2026-11-25"])
    assert result.exit_code == 1 and "C313" in result.output and CANARY not in result.output
    assert workshop.client().get("/").says("staat in de openbare map en in de besloten map")


def test_a_toets_with_a_secret_item_stays_with_the_secret_items(with_secrets: Workshop) -> None:
    workshop = with_secrets
    path = secret_item(workshop, as_somebody(workshop.client(), "auteur-7"))
    approved(workshop, path)
    client = workshop.client()
    made = client.send(
        "/toets", [("naam", "examen-1"), ("titel", "Examen"), ("doel", "examen"), ("vraag", "wonen-004")]
    )
    assert made.status == 303, made.text
    assert workshop.desk.secret is not None
    assert (workshop.desk.secret.root / "content/toetsen/examen-1.yaml").is_file()
    assert in_project(workshop) == []
    assert (
        client.send("/toets", [("naam", "oefen-1"), ("doel", "oefenen"), ("vraag", "wonen-004")]).status
        == 409
    )


def test_a_secret_hand_in_goes_only_into_a_secret_bank(
    with_secrets: Workshop, workshop_without: Workshop
) -> None:
    path = secret_item(with_secrets, as_somebody(with_secrets.client(), "auteur-7"))
    client = with_secrets.client()
    packed = client.send(f"/inzending/{path}", [("x", "")])
    with zipfile.ZipFile(BytesIO(packed.body)) as archive:
        assert "geheim" in archive.read("LEESMIJ.txt").decode()
    refused = workshop_without.client().send_file("/ontvang", [("x", "")], "zip", "a.zip", packed.body)
    assert refused.status == 409 and refused.says("Deze vraag is geheim")
    assert in_project(workshop_without) == []
    file = with_secrets.desk.secret.root / f"{path}.yaml"  # type: ignore[union-attr]
    text = file.read_text(encoding="utf-8")
    assert "taalniveau: A2" in text
    file.write_text(text.replace("taalniveau: A2", "taalniveau: B1"), encoding="utf-8")
    taken = client.send_file("/ontvang", [("x", "")], "zip", "a.zip", packed.body)
    assert taken.says("Het nieuwe nummer is wonen-005") and in_project(with_secrets) == []


@pytest.fixture
def workshop_without(tmp_path: Path):  # type: ignore[no-untyped-def]
    from builder.checks.context import Context
    from tests.conftest import copy_of_the_voorbeeldbank
    from tests.workshop.conftest import opened

    yield from opened(Desk(copy_of_the_voorbeeldbank(tmp_path / "ander"), None, Context()))


def test_the_secret_folder_is_never_inside_the_project(bank_project: CopiedProject, tmp_path: Path) -> None:
    inside = bank_project.root / "geheim"
    inside.mkdir()
    for folder in (inside, bank_project.root, tmp_path):
        with pytest.raises(Refusal):
            Desk(bank_project, folder)


def test_the_folder_comes_from_the_environment_or_the_settings(
    bank_project: CopiedProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    assert secret_folder(bank_project) is None
    project = Project(bank_project.root, Settings(besloten="../a"))
    assert secret_folder(project) == (tmp_path / "a").resolve()
    monkeypatch.setenv("KNM_BESLOTEN", str(tmp_path / "weg"))
    with pytest.raises(Refused):
        secret_folder(project)


def test_without_a_secret_folder_the_form_says_so(workshop: Workshop) -> None:
    client = workshop.client()
    assert client.get("/nieuw").says("Voor geheime vragen is een besloten map nodig")
    answer = client.send("/nieuw", [("examen", "ja"), ("eindterm", "3.1.2")])
    assert answer.status == 409 and not (workshop.root / "items/wonen/wonen-004.yaml").exists()
