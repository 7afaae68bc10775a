"""The site of 1,000 items and 100 lessons, built by `build_site` in a fresh process.

The downloads of lessons are made beforehand, as for any site but the first (`bench_downloads.py` measures these).
Beside it: mkdocs with the same theme and the same pages, written to disk beforehand as Markdown. That is the floor
of the theme; the rest is ours (reading the bank, making the pages).
Run: `make bench`, or `python tests/benchmarks/bench_site.py [--rounds 5] [--quick]`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import SEED, Generated, write_project
from measure import Candidate, Run, compete, row, save, spread, table

TARGET = 8.0  # seconds
DAY = date(2026, 11, 25)


def main() -> None:
    """Measure, print, save; or, with --once, build one site (that is what is measured)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_known_args()[0]
    if given.once:
        _build_once(given.once)
        return
    rounds = 1 if given.quick else given.rounds
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = write_project(Path(folder) / "bank", given.items, given.lessons, site=True, seed=given.seed)
        pages = _write_plain(project.root, Path(folder) / "plain")
        ours = Candidate(
            "load and build_site", [sys.executable, __file__, "--once", str(project.root)], _counter(project)
        )
        _make_downloads(project.root)
        plain = Candidate(
            "mkdocs, same pages from disk",
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--quiet",
                "--config-file",
                f"{folder}/plain/mkdocs.yml",
            ],
            lambda _: _count_html(Path(folder) / "plain" / "build" / "site", project),
        )
        expected = given.items + 2 * given.lessons  # a lesson has a page for the teacher and one for learners
        compete([ours, plain], Path(folder), rounds, expected)
        title = f"site of {given.items} items and {given.lessons} lessons ({pages} pages), {rounds} rounds, one core"
        result = table(title, [ours, plain], TARGET)
        told = [json.loads(run.output.splitlines()[-1]) for run in ours.runs]
        result["phases"] = {
            name: spread([one[name] for one in told]) for name in ("imports", "load", "build")
        }
        print(
            "  of ours (wall s, median):", ", ".join(f"{k} {v[0]:.2f}" for k, v in result["phases"].items())
        )
        site = project.root / "build" / "site"
        sizes = [(site / _page(path)).stat().st_size for path in project.items]
        result["bytes"] = {"site": sum(f.stat().st_size for f in site.rglob("*") if f.is_file())}
        result["bytes"]["item_page"] = spread(sizes)
        row("page of an item", spread(sizes)[0] / 1024, "kB", 25)
        print(
            f"  site {result['bytes']['site'] / 1e6:.1f} MB, item page {spread(sizes)[0] / 1024:.1f} KB (target 25)"
        )
    save("site", {"seed": given.seed, "rounds": rounds, "result": result})


def _make_downloads(root: Path) -> None:
    from builder.loading.load import load
    from builder.project import find_project
    from builder.website.plugin import lesson_downloads

    project = find_project(root)
    bank, _ = load(project)
    lesson_downloads(project, bank, tuple(bank.lessen.values()))


def _build_once(root: Path) -> None:
    """Load the bank and build the site; print how long each part took."""
    start = time.perf_counter()
    from builder.loading.load import load
    from builder.project import find_project
    from builder.website.plugin import build_site

    imported = time.perf_counter()
    project = find_project(root)
    bank, found = load(project)
    if found:
        raise SystemExit(f"{len(found)} findings in the generated bank, the first: {found[0]}")
    loaded = time.perf_counter()
    build_site(project, bank, DAY, project.build / "site")
    built = time.perf_counter()
    print(json.dumps({"imports": imported - start, "load": loaded - imported, "build": built - loaded}))


def _write_plain(root: Path, target: Path) -> int:
    """Write the pages that the plugin would give to mkdocs as files, with the same settings but for the plugin."""
    import shutil

    from builder.loading.load import load
    from builder.project import find_project
    from builder.website.pages import Pages
    from builder.website.plugin import site_input

    shutil.copytree(root / "site", target / "site")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    if "plugins:\n  - knm\n" not in settings:
        raise SystemExit("mkdocs.yml no longer holds the plugin as this benchmark expects it")
    settings = settings.replace("plugins:\n  - knm\n", "plugins: []\n")
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")
    project = find_project(root)
    bank, _ = load(project)
    count = 0
    for artifact in Pages(site_input(project, bank)).artifacts():
        file = target / "site" / "pages" / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.content)
        count += artifact.path.endswith(".md")
    return count


def _page(item: str) -> str:
    """The page of an item, from its path: items/wonen/wonen-001.yaml → vragen/wonen/wonen-001.html."""
    return item.replace("items/", "vragen/", 1).replace(".yaml", ".html")


def _counter(project: Generated) -> Callable[[Run], int]:
    return lambda _: _count_html(project.root / "build" / "site", project)


def _count_html(site: Path, project: Generated) -> int:
    """Count the pages of items and lessons that are there and hold a sentence of their source.

    A page of an earlier round is not counted: `build_site` puts a new folder in its place, and mkdocs empties its own.
    """
    count = 0
    for path in project.items:
        page = site / _page(path)
        stam = next(
            line
            for line in (project.root / path).read_text(encoding="utf-8").splitlines()
            if line.startswith("stam: ")
        )
        count += page.is_file() and stam.removeprefix("stam: ") in page.read_text(encoding="utf-8")
    for path in project.lessons:
        folder = site / path.removeprefix("content/").removesuffix(".yaml")
        count += (folder / "index.html").is_file() + (folder / "cursist.html").is_file()
    return count


if __name__ == "__main__":
    main()
