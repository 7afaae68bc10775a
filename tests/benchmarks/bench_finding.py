"""The search page in Chromium at 1,000 questions and 100 lessons: one change of a filter, and one search.

The site is built from a synthetic bank; the data of the search page is then made with every question in it (synthetic
questions have no blind reading, so the site itself would leave them out).
Run: `make bench`, or `python tests/benchmarks/bench_finding.py [--items 1000] [--quick]`.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from datetime import date
from pathlib import Path

from generator import write_project
from measure import machine, row, save
from playwright.sync_api import sync_playwright

from builder.loading.load import load
from builder.project import find_project
from builder.website import oefenen, zoeken, zoekrijen
from builder.website.plugin import build_site

FILTER, SEARCH = 16.0, 50.0  # milliseconds
MEASURE = """
rounds => {
  const box = document.getElementById("knm-taalniveau-A2");
  const field = document.getElementById("knm-q");
  const {ververs, punten} = window.KNM_ZOEK_PROEF;
  const filter = [], search = [];
  for (let i = 0; i < rounds; i += 1) {
    let start = performance.now();
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change"));
    document.body.offsetHeight;
    filter.push(performance.now() - start);
    start = performance.now();
    punten(["huur brief", "gemeente", "kinderen school", "werk"][i % 4]);
    search.push(performance.now() - start);
  }
  return {filter, search};
}
"""


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--quick", action="store_true", help="a small bank")
    given = parser.parse_known_args()[0]
    items, lessons = (100, 10) if given.quick else (given.items, given.lessons)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("Chromium is not installed: KNM_APT=1 make setup-test installs it.")
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = find_project(write_project(Path(folder) / "bank", items, lessons, site=True).root)
        bank, _ = load(project)
        build_site(project, bank, date(2026, 11, 25), project.build / "site")
        rows = zoekrijen.rows(bank, bank.lessen.values(), bank.items.values())
        script = oefenen.script("KNM_ZOEKEN", zoeken.data(bank, rows))
        (project.build / "site/data/zoeken.js").write_bytes(script)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto((project.build / "site/zoeken/index.html").as_uri())
            page.wait_for_selector("#knm-gevonden li")
            measured = page.evaluate(MEASURE, 60)
            browser.close()
    print(f"{len(rows)} rows, search data {len(script) / 1024:.0f} kB\n")
    print(f"{'':<8} {'median ms':>10} {'max ms':>8} {'target':>8}")
    for name, target in (("filter", FILTER), ("search", SEARCH)):
        times = measured[name]
        print(f"{name:<8} {statistics.median(times):>10.1f} {max(times):>8.1f} {target:>8.0f}")
        row(f"search page, one {name}", statistics.median(times), "ms", target)
    save("finding", {"machine": machine(), "rows": len(rows), "bytes": len(script), **measured})


if __name__ == "__main__":
    main()
