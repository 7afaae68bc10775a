"""Who is let in: this browser only. And nothing from outside gets a way to write, to act or to be large."""

from __future__ import annotations

import http.client
import io
import struct
import zlib

import pytest
from PIL import Image

from builder.repicture import Studio, Unfit
from tests.workshop.conftest import TOKEN, Client, Workshop, changed, form_in

ITEM = "items/wonen/wonen-001"


def snapshot(workshop: Workshop) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(workshop.root.rglob("*")) if file.is_file()}


def test_without_the_token_nothing_is_shown(workshop: Workshop) -> None:
    outside = Client(workshop.port)
    for address in ("/", f"/bewerk/{ITEM}", "/vast/werkplaats.css", "/plaatje/items/wonen/wonen-002.svg"):
        answer = outside.ask("GET", address)
        assert answer.status == 403 and b"huis" not in answer.body
    for cookie in (
        "",
        f"knm_werkplaats_{workshop.port}=",
        f"knm_werkplaats_{workshop.port}=raden",
        "=;=\x7f",
    ):
        assert Client(workshop.port, cookie).ask("GET", "/").status == 403
    assert outside.ask("GET", "/begin?sleutel=raden").status == 403
    assert outside.ask("GET", "/begin").status == 403


def test_the_address_of_the_start_lets_in_and_is_left_at_once(workshop: Workshop) -> None:
    answer = Client(workshop.port).ask("GET", f"/begin?sleutel={TOKEN}")
    assert (answer.status, answer.where) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert Client(workshop.port, cookie.partition(";")[0]).ask("GET", "/").status == 200


@pytest.mark.parametrize(
    "host", ["kwaad.example", "kwaad.example:80", "127.0.0.1", "127.0.0.1:1", "[::1]:80", ""]
)
def test_another_host_is_refused(workshop: Workshop, host: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", workshop.port)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.putheader("Cookie", workshop.client().cookie)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status in (400, 421)
    assert b"Wat wil je doen" not in answer.read()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://kwaad.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_page_changes_nothing(workshop: Workshop, headers: dict[str, str]) -> None:
    client = workshop.client()
    before = snapshot(workshop)
    for address in (f"/bewerk/{ITEM}", "/nieuw", "/wie", f"/weg/{ITEM}", f"/terugdraaien/{ITEM}"):
        assert client.send(address, [("eindterm", "3.1.2"), ("doe", "bewaar")], headers).status == 403
    assert snapshot(workshop) == before


def test_a_form_without_an_origin_changes_nothing(workshop: Workshop) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", workshop.port)
    connection.request("POST", "/nieuw", b"eindterm=3.1.2", {"Cookie": workshop.client().cookie})
    assert connection.getresponse().status == 403


@pytest.mark.parametrize(
    "path",
    [
        "../knm",
        "..%2f..%2fknm",
        "items/wonen/..%2f..%2f..%2fknm",
        "items/wonen/%2e%2e/%2e%2e/knm",
        "%2fetc%2fpasswd",
        "items/wonen/wonen-001%00",
        "content/eindtermen",
        "schemas/item.schema",
        "items%5cwonen%5cwonen-001",
        "items/wonen/.wonen-001",
    ],
)
def test_a_path_in_an_address_leads_nowhere_else(workshop: Workshop, path: str) -> None:
    client = workshop.client()
    before = snapshot(workshop)
    for part in ("bewerk", "stand", "kijk/site"):
        assert client.ask("GET", f"/{part}/{path}").status in (400, 404, 409)
    for part in ("bewerk", "weg", "terugdraaien", "kies", "stap"):
        assert client.send(f"/{part}/{path}", [("doe", "bewaar")]).status in (400, 404, 405, 409)
    for part in ("plaatje", "vast"):
        assert client.ask("GET", f"/{part}/{path}").status in (400, 404, 409)
    assert snapshot(workshop) == before


def test_what_is_too_large_is_refused_before_it_is_read(workshop: Workshop) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", workshop.port, timeout=20)
    connection.putrequest("POST", f"/bewerk/{ITEM}")
    connection.putheader("Cookie", workshop.client().cookie)
    connection.putheader("Origin", f"http://127.0.0.1:{workshop.port}")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(200 * 1024 * 1024))
    connection.endheaders()
    answer = connection.getresponse()  # although not one byte of the 200 MB was sent
    assert answer.status == 413
    assert "Ten hoogste 5 MB kan." in answer.read().decode()
    client = workshop.client()
    for address, most in ((f"/bewerk/{ITEM}", "5 MB"), ("/ontvang", "6 MB")):
        size = {"Content-Length": str(30_000_000), "Referer": f"http://127.0.0.1:{workshop.port}{address}"}
        refused = client.ask("POST", address, None, size)
        assert refused.status == 413 and refused.says(f"Ten hoogste {most} kan.")
        assert "/vast/werkplaats.css" in refused.text
        assert f'<a class="knop" href="{address}">Ga terug</a>' in refused.text
    assert client.get("/ontvang").says("Ten hoogste 6 MB.")
    chunked = client.ask("POST", "/nieuw", None, {"Transfer-Encoding": "chunked"})
    assert chunked.status in (400, 411)
    assert client.ask("GET", "/").status == 200


def test_every_answer_forbids_what_comes_from_elsewhere(workshop: Workshop) -> None:
    client = workshop.client()
    for address in ("/", f"/bewerk/{ITEM}", "/bestaat-niet", "/begin", "/vast/werkplaats.js"):
        headers = client.ask("GET", address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_what_somebody_typed_is_shown_as_text(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    sent = changed(form_in(page, f"/bewerk/{ITEM}"), {"stam": evil, "doe": "bewaar"})
    assert client.send(f"/bewerk/{ITEM}", sent).status == 303
    for address in (
        "/",
        f"/bewerk/{ITEM}",
        f"/kijk/kandidaat/{ITEM}",
        f"/kijk/site/{ITEM}",
        f"/stand/{ITEM}",
        "/review",
        f"/review/{ITEM}",
    ):
        shown = client.get(address).text
        assert "<script>alert" not in shown and "<img src=x" not in shown, address


def png(width: int = 8, height: int = 8) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def huge_png() -> bytes:
    """A PNG of a few bytes that says it is 30,000 by 30,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#fff"/>{}</svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", SVG.format("<script>alert(1)</script>").encode()),
        ("a.svg", SVG.format('<rect onload="alert(1)"/>').encode()),
        ("a.svg", SVG.format('<use href="https://kwaad.example/x.svg#a"/>').encode()),
        ("a.svg", SVG.format("<foreignObject><p>x</p></foreignObject>").encode()),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("").encode()),
        ("a.png", SVG.format("<script>alert(1)</script>").encode()),
        ("a.png", b"geen plaatje"),
        ("a.png", png()[:40]),
        ("a.png", huge_png()),
        ("a.png", b""),
        ("a.gif", b"GIF89a" + b"\0" * 40),
        ("a.tif", b"II*\0" + b"\0" * 40),
        ("a.png", b"\x89PNG" + b"\0" * (5 * 1024 * 1024)),
    ],
)
def test_a_picture_that_is_not_fit_is_refused_with_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        Studio(len(data)).fit(name, data)
    assert str(caught.value).endswith(".")


def test_a_photo_loses_its_place_and_its_size() -> None:
    photo = Image.effect_noise((2400, 1800), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME CAMERA"
    exif[0x0112] = 6  # turned a quarter
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif, comment=b"GEHEIME PLAATS", quality=70)
    made = Studio(out.tell()).fit("IMG_1.JPG", out.getvalue())
    opened = Image.open(io.BytesIO(made.data))
    assert made.suffix == "png" and opened.height > opened.width
    assert max(opened.size) <= 1600 and len(made.data) <= 2 * 1024 * 1024
    assert b"GEHEIME" not in made.data and not opened.getexif() and not opened.info


def test_a_drawing_is_written_anew_without_what_is_not_seen() -> None:
    made = Studio(200).fit(
        "a.svg", SVG.format("<metadata>GEHEIM</metadata><!-- GEHEIM --><circle r='2'/>").encode()
    )
    assert made.suffix == "svg" and b"GEHEIM" not in made.data and b"circle" in made.data
    named = SVG.format(
        "<rect width='1' height='1' data-wie='GEHEIM' x:label='GEHEIM' xmlns:x='urn:tekenprogramma'/>"
    )
    assert b"GEHEIM" not in Studio(200).fit("a.svg", named.encode()).data
    plain = SVG.format("<!-- -->").replace("<!-- -->", "<use href='#a'/>").encode()
    assert Studio(200).fit("a.svg", plain).data == plain  # nothing unseen: the very bytes
