"""Well-formed documents → the typed Itembank: names find each other, pictures are there.

In: documents that validated, and the picture files. Out: an `Itembank` and findings L201-L221. A document
with an error here is left out and its id remembered in `bank.broken`, so that one typo is not reported
as many unknown references. Linking opens no file and judges no content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.diagnostics import Diagnostic, Location
from builder.loading.document import LISTS, Document, PageFile, PictureFile
from builder.loading.link_items import link_items, link_sets
from builder.loading.link_lessons import link_handreiking, link_les, link_reeksen
from builder.loading.link_lists import (
    eindterm_tables,
    fixed_lists,
    identify,
    is_misnamed,
    link_list_of,
    themas_of_words,
)
from builder.loading.link_rules import L217, RULES
from builder.loading.link_toetsen import link_matrijs, link_statistiek, link_toets
from builder.loading.linking import State, unknown_bron
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.model.itembank import Itembank, Source
from builder.model.pagina import Pagina

__all__ = ["RULES", "link"]


def link(
    documents: Iterable[Document | KnownDocument],
    pictures: Mapping[str, PictureFile | KnownPicture],
    broken: Iterable[str],
    closed: Iterable[str] = (),
    pages: Sequence[PageFile] = (),
) -> tuple[Itembank, list[Diagnostic]]:
    """Return the bank and the findings.

    `broken` are the names of documents that fell out earlier, `closed` the folders that could not be read.
    """
    state = State(pictures, set(broken), tuple(closed))
    for document in sorted(documents, key=is_misnamed):  # who has the right name comes first
        identify(state, document)
    fixed_lists(state)
    eindtermen = state.objects["eindtermen"].get("eindtermen")
    all_themas, all_terms = eindterm_tables(state, eindtermen)
    # With a mistake in the list itself, what refers to it is not judged: one finding, not one for each reference.
    themas, terms = ({}, {}) if "eindtermen" in state.broken else (all_themas, all_terms)
    link_items(state, themas, terms)
    link_sets(state)
    for les in list(state.objects["les"].values()):
        link_les(state, les, themas, terms)
    link_reeksen(state)
    for matrijs in state.objects["toetsmatrijs"].values():
        link_matrijs(state, matrijs, themas, terms)
    for toets in list(state.objects["toets"].values()):
        link_toets(state, toets)
    link_handreiking(state, terms)
    for statistiek in list(state.objects["statistiek"].values()):
        link_statistiek(state, statistiek)
    for kind in ("begrippen", "wegwijzer", "kernwaarden"):
        link_list_of(state, kind, list(state.objects[kind].values()))
    themas_of_words(state, themas)
    if eindtermen and "bronnen" not in state.broken and eindtermen.bron not in state.objects["bronnen"]:
        unknown_bron(state, "eindtermen", ("bron",), eindtermen.bron)
    _unused_pictures(state)

    def good(kind: str) -> Mapping[str, Any]:
        shelf = state.objects[kind]
        return shelf.only(name for name in sorted(shelf) if name not in state.broken)

    def everything(kind: str) -> Mapping[str, Any]:
        return state.objects[kind].only(state.objects[kind])

    paginas = {page.front.path: _pagina(page) for page in pages}
    state.documents.update((page.front.path, page.front) for page in pages)
    held_back = set(LISTS) & state.broken
    bank = Itembank(
        eindtermen=eindtermen,
        bronnen=everything("bronnen"),
        begrippen=everything("begrippen"),
        domeinwoorden={name: value.woorden for name, value in state.objects["domeinwoorden"].items()},
        reeksen=everything("reeksen"),
        items=good("item"),
        lessen=good("les"),
        matrijzen=good("toetsmatrijs"),
        toetsen=good("toets"),
        statistieken=good("statistiek"),
        pictures=state.checked.only(state.checked),
        broken=frozenset(state.broken | held_back),
        locations={name: Source(doc.path, doc.positions) for name, doc in state.documents.items()},
        _themas=all_themas,
        _eindtermen=all_terms,
        paginas=paginas,
        lesmateriaal=good("lesmateriaal"),
        locaties=good("locatie"),
        momenten=good("lastig-moment"),
        wegwijzer=everything("wegwijzer"),
        kernwaarden=everything("kernwaarden"),
    )
    return bank, state.found


def _pagina(page: PageFile) -> Pagina:
    """Return the typed page. Other fields of its front matter belong to mkdocs; wrong ones are for the checks."""
    data = page.front.data
    bronnen = data.get("bronnen") or []
    return Pagina(
        pad=page.front.path,
        tekst=page.text,
        regel=page.line,
        titel=str(data.get("title") or ""),
        taalniveau=str(data.get("taalniveau") or ""),
        bronnen=tuple(str(name) for name in (bronnen if isinstance(bronnen, list) else [bronnen])),
    )


def _unused_pictures(state: State) -> None:
    if state.broken or state.closed:  # a document that fell out may well use it
        return
    for path in sorted(set(state.pictures) - state.used):
        state.found.append(
            Diagnostic(
                L217,
                Location(path),
                "Dit plaatje wordt in geen enkel bestand genoemd.",
                "Noem het bij een vraag of les, of haal het weg.",
            )
        )
