"""Where each thing has its page: paths from the root of the site, without ending. An address is for ever."""

from __future__ import annotations

from builder.model.les import Les


def eindterm_path(nummer: str) -> str:
    """Return the page of an eindterm: 5.1.2 → eindtermen/5-1-2."""
    return f"eindtermen/{nummer.replace('.', '-')}"


def item_path(item_id: str) -> str:
    """Return the page of an item: wonen-001 → vragen/wonen/wonen-001."""
    return f"vragen/{item_id.rpartition('-')[0]}/{item_id}"


def les_path(les: Les) -> str:
    """Return the folder of a les; its page is `index` in it, that of the learners `cursist`."""
    return f"lessen/{les.thema}/{les.id}"
