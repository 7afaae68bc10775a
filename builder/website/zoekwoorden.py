"""Words of the search page: how a text becomes words, what says nothing, and what means the same.

In: texts, and `content/zoekwoorden.txt` with on each line a word and what else to look for. Out: folded words, and
synonyms. Folding takes accents and capitals away; the page itself cuts words to their stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

# Words that say nothing about what somebody looks for. The second part is how every eindterm begins.
STOPWORDS = frozenset(
    "aan als at bij dan dat de deze die dit door een en er haar heeft hem het hij hoe ik in is je kan maar me men "
    "met mijn naar niet nog of om ook op over te ten ter tot u uit uw van voor waar wat we wie wij worden wordt ze "
    "zich zij zijn zo "
    "weet weten kent kennen kunt kunnen kun moet moeten mag mogen bijvoorbeeld".split()
)
FILE = "content/zoekwoorden.txt"
_WORD = re.compile(r"[a-z0-9]+(?:[.-][0-9a-z]+)*")
_WRITTEN = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the text in small letters without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order; stop words are left out."""
    return [word for word in _WORD.findall(fold(text)) if word not in STOPWORDS]


def accented(texts: Iterable[str]) -> dict[str, str]:
    """Return how words with an accent are written, by their folded form: what the page shows when it asks back."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _WRITTEN.findall(unicodedata.normalize("NFC", text.lower())):
            if not word.isascii() and (plain := fold(word)) != word:
                found.setdefault(plain, word)
    return dict(sorted(found.items()))


def read_file(file: Path) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return what `read_synonyms` returns for a file; a file that is not there holds nothing."""
    if not file.is_file():
        return {}, ()
    try:
        return read_synonyms(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return {}, (f"{FILE} is geen UTF-8. Bewaar het bestand als UTF-8 in je tekstprogramma.",)


def read_synonyms(text: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return what else to look for per folded word, and a Dutch sentence for each line that is not clear."""
    found: dict[str, tuple[str, ...]] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        asked, colon, given = line.partition(":")
        word = fold(asked.strip())
        others = [fold(one.strip()) for one in given.split(",") if one.strip()]
        odd = next((one for one in [word, *others] if not _WORD.fullmatch(one)), None)
        place = f"{FILE}, regel {number}:"
        if not colon or not others:
            wrong.append(
                f"{place} hier staat geen woord met een dubbele punt. Schrijf bijvoorbeeld: dokter: huisarts"
            )
        elif odd is not None:
            wrong.append(f'{place} "{odd}" is niet één woord. Zet woorden los, met een komma ertussen.')
        elif word in found:
            wrong.append(f'{place} "{word}" staat er al. Zet alles bij elkaar op één regel.')
        else:
            found[word] = tuple(dict.fromkeys(others))
    return found, tuple(wrong)


def known(synonyms: Mapping[str, Iterable[str]], index: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the synonyms of which at least one word is on the site: the others would find nothing."""
    kept = {word: [one for one in others if one in index] for word, others in sorted(synonyms.items())}
    return {word: others for word, others in kept.items() if others}
