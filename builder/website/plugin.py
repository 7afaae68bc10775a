"""The only module that knows mkdocs: hands our pages to it, builds the site and serves it.

In: a project (and its bank, when it was loaded already). Out: a folder with the site. mkdocs-material ends
on 5 May 2027; the pages do not depend on it (see besluiten).
"""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import os
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import get_toc

from builder import report, rulebook
from builder.artifacts import Artifact, WriteError, explain_failure, fresh_folder, swap_folder
from builder.diagnostics import Diagnostic
from builder.loading.load import load
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.project import Project, ProjectError, find_project, today
from builder.website import html_pages, zoekwoorden
from builder.website.addresses import les_path
from builder.website.download_cache import downloads
from builder.website.pages import Pages, SiteInput

log = logging.getLogger("mkdocs.plugins.knm")

# What the theme brings for a search that we do not use, and maps of its source.
_NOTHING: Mapping[str, bytes] = {}
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


# A citation on a hand-written page; in code it is an example.
_CITATION_OR_CODE = re.compile(r"(?P<code>```.*?```|`[^`\n]*`)| ?\[bron:(?P<id>[^\]\n]*)\]", re.DOTALL)


class SiteError(Exception):
    """The site was not built; the message is a Dutch sentence. What was there is whole."""


class KnmConfig(Config):
    """The plugin has no settings of its own: everything stands in knm.toml."""


class KnmPlugin(BasePlugin[KnmConfig]):
    """Adds the pages made from the bank to those in `site/pages`."""

    def __init__(self) -> None:
        """Start without a bank: it is loaded when mkdocs itself was started."""
        self.project: Project | None = None
        self.bank: Itembank | None = None
        self.preview = False
        self.pages: Pages | None = None
        self.toetsen: Mapping[str, bytes] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A live preview also shows what is still `concept`."""
        self.preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the bank, unless `build_site` gave it."""
        if self.project is None:
            self.project = find_project(Path(config.config_file_path).parent)
        if self.bank is None:
            self.bank, found = load(self.project)
            if found:
                log.warning("\n%s", report.as_text(found, False))
        config.site_url = self.project.settings.site_adres
        config.extra["contact_mail"] = self.project.settings.contact_mail
        given = site_input(self.project, self.bank, self.preview)
        with suppress(ProjectError):  # without a date no card is too old
            given = dataclasses.replace(given, today=today(self.project.root))
        lessen = [les for les in Pages(given).lessen.values() if les.status != "vervallen"]
        files, unfit = lesson_downloads(self.project, self.bank, lessen)
        if unfit:
            log.warning("\n%s", report.as_text(unfit, False))
        self.pages = Pages(dataclasses.replace(given, downloads=files, toetsen=self.toetsen))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages and pictures; leave out what the theme has and we do not use."""
        assert self.pages is not None
        for artifact in self.pages.artifacts():
            content: str | bytes = artifact.content
            if artifact.path.endswith(".md"):
                content = artifact.content.decode("utf-8")
            files.append(File.generated(config, artifact.path, content=content))
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Leave out files of the theme that we do not use."""
        env.auto_reload = False  # no template changes while the site is being made
        for file in list(files):
            if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        return env

    def on_pre_page(self, page: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Let our own pages, which are HTML already, go around the Markdown parser."""
        if page.file.generated_by is not None:
            page.render = functools.partial(_without_markdown, page)
        return page

    def on_page_markdown(self, markdown: str, *, page: Any, config: MkDocsConfig, files: Files) -> str:
        """Turn each `[bron:id]` of a hand-written page into a link to the source, as our own pages have it."""
        if page.file.generated_by is not None or "[bron:" not in markdown:
            return markdown
        assert self.bank is not None
        assert self.pages is not None
        known, pages = self.bank.bronnen, self.pages
        folder = posixpath.dirname(page.file.src_uri) or "."

        def linked(match: re.Match[str]) -> str:
            if match["code"]:
                return match[0]
            if match["id"] not in known:
                return ""
            target = posixpath.relpath(f"{pages.source_page(match['id'])}.md", folder)
            return f'<span class="knm-bron"> [\\[bron\\]]({target}#{match["id"]}){{ .bron }}</span>'

        return _CITATION_OR_CODE.sub(linked, markdown)

    def on_page_content(self, html: str, *, page: Any, config: MkDocsConfig, files: Files) -> str:
        """Give a table of a hand-written page the frame that ours have: it scrolls, also by keyboard."""
        return html_pages.framed(html)

    def on_post_page(self, output: str, *, page: Any, config: MkDocsConfig) -> str:
        """Leave out what nobody sees, a tenth of a page, and mend what HTML forbids."""
        return html_pages.mended(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Do the same for the page that a server shows when an address is wrong."""
        return html_pages.mended(output) if template_name == "404.html" else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Without an address of its own the site has no sitemap and no 404 page that could be right."""
        if not config.site_url:
            for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
                (Path(config.site_dir) / name).unlink(missing_ok=True)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer | None:
        """Watch the content too, and load it anew at each build."""
        assert self.project is not None
        for name in ("content", "items", "schemas", "site/templates", "site/overrides"):
            server.watch(str(self.project.root / name))
        return server


def _without_markdown(page: Any, config: MkDocsConfig, files: Files) -> None:
    """Do what `Page.render` of mkdocs does, for a page that has only headings in Markdown."""
    made = html_pages.body(page.markdown)
    page.content = made.html
    page.toc = get_toc(made.headings)
    page.present_anchor_ids = set(made.ids)
    page.links_to_anchors = {}


def site_input(project: Project, bank: Itembank, preview: bool = False) -> SiteInput:
    """Return what the pages are made of, with the schemas and the search words read from disk.

    Raises `SiteError` with a sentence for each line of the search words that is not clear.
    """
    synoniemen, unclear = zoekwoorden.read_file(project.root / zoekwoorden.FILE)
    if unclear:
        raise SiteError("\n".join(unclear))
    schemas = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(project.schemas.glob("*.schema.json"))
    }
    return SiteInput(
        bank=bank,
        rules=rulebook.RULES,
        schemas=schemas,
        templates=project.site / "templates",
        site_adres=project.settings.site_adres,
        obk=project.settings.obk,
        preview=preview,
        synoniemen=synoniemen,
    )


def lesson_downloads(
    project: Project, bank: Itembank, lessen: Sequence[Les]
) -> tuple[Mapping[str, Sequence[Artifact]], Sequence[Diagnostic]]:
    """Return the files to download per les, and what keeps some from being made."""
    root = project.settings.site_adres.rstrip("/")

    def addresses(les: Les) -> Adressen:
        page = f"{root}/{les_path(les)}" if root else ""
        return Adressen(
            f"{page}/index.html" if page else "",
            f"{page}/cursist.html" if page else "",
            project.settings.contact_mail,
        )

    return downloads(
        bank, lessen, addresses, project.cache / "lessen", lambda titel: log.info("Downloads: %s", titel)
    )


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Give mkdocs the date of the bank instead of a clock."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Heard(logging.Handler):
    """Keeps what mkdocs warns about: for us each of these is a fault."""

    def __init__(self) -> None:
        """Listen from WARNING up."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the sentence."""
        self.said.append(record.getMessage())


def build_site(
    project: Project, bank: Itembank, day: date, target: Path, toetsen: Mapping[str, bytes] = _NOTHING
) -> Pages:
    """Build the site into `target` as a whole and return its pages; the old site stays until the end.

    `toetsen` are zips by the id of a toets; those that everybody may practise are put on the site.
    Raises `SiteError` when mkdocs refuses or warns, and `WriteError` when the disk does.
    """
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    fresh: Path | None = None
    try:
        fresh = fresh_folder(target)
        config = load_config(str(project.root / "mkdocs.yml"), site_dir=str(fresh))
        plugin = config.plugins["knm"]
        assert isinstance(plugin, KnmPlugin)
        plugin.project, plugin.bank, plugin.toetsen = project, bank, toetsen
        with _dated(day):
            build(config)
        if heard.said:
            raise SiteError("De site is niet gebouwd:\n" + "\n".join(heard.said))
        swap_folder(fresh, target)
        fresh = None
        assert plugin.pages is not None
        return plugin.pages
    except OSError as error:
        raise WriteError(
            f"De site is niet geschreven. {explain_failure(error)} De oude site is nog heel."
        ) from error
    except (Abort, BuildError, ConfigurationError) as error:
        said = "\n".join([*heard.said, str(error)]).strip()
        raise SiteError(f"De site is niet gebouwd: {said}") from error
    finally:
        logger.removeHandler(heard)
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def serve_site(project: Project, address: str, open_browser: bool) -> None:
    """Serve the site on `address` and build it anew after each change, until it is interrupted.

    Raises `SiteError` when mkdocs refuses to start.
    """
    try:
        serve(str(project.root / "mkdocs.yml"), dev_addr=address, open_in_browser=open_browser)
    except (Abort, BuildError, ConfigurationError, OSError) as error:
        why = explain_failure(error) if isinstance(error, OSError) else error
        raise SiteError(f"De voorvertoning start niet: {why}") from error
