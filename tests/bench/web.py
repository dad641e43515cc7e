"""``python -m tests.bench.web``: what a first look at each screen loads and how it feels, in ``out/bench/web.json``.

A browser with an empty cache opens each screen at the front door of a local cloud. Sizes are bytes over the wire, as
compressed. Lighthouse looks at the sign-in; npm fetches it for that.
"""

import json
import os
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright
from rich.console import Console
from rich.table import Table

from infra.local.cloud import LocalCloud
from infra.local.parts import REPO
from tests.e2e.web.browser import CHROMIUM, Visitor

OUT = REPO / "out" / "bench" / "web.json"
DOOR = "/login"
INSIDE = ("/", "/create", "/library", "/avatars", "/products", "/explore", "/settings/profile", "/settings/usage")
LIGHTHOUSE = "lighthouse@12.8.2"  # the newest for Node 20
CATEGORIES = ("performance", "accessibility", "best-practices")
PATIENCE_S = 180

_WATCH = """
  window.seen = { lcp: 0, cls: 0 };
  new PerformanceObserver(all => { for (const one of all.getEntries()) seen.lcp = one.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  const shift = one => { if (!one.hadRecentInput) seen.cls += one.value; };
  new PerformanceObserver(all => all.getEntries().forEach(shift)).observe({ type: 'layout-shift', buffered: true });
"""


@dataclass(frozen=True)
class Look:
    """A screen's first look: bytes over the wire by kind, when its largest part was painted, how far parts jumped."""

    script: int
    style: int
    font: int
    largest_paint_ms: float
    layout_shift: float


def main() -> None:
    root = ["--no-sandbox"] * (os.geteuid() == 0)
    with tempfile.TemporaryDirectory() as folder, LocalCloud(Path(folder)) as cloud, sync_playwright() as playwright:
        front = cloud.urls["front"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=root)
        kept = _signed_in(browser, front, Visitor.new(cloud, "Ann"))
        looks = {DOOR: _look(browser, front, DOOR)} | {path: _look(browser, front, path, kept) for path in INSIDE}
        browser.close()
        scores = _lighthouse(front + DOOR, Path(folder) / "lighthouse.json", root)
    found = {"screens": {path: asdict(look) for path, look in looks.items()}, "lighthouse": scores}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    _show(looks, scores)


def _signed_in(browser: Browser, front: str, visitor: Visitor) -> Any:
    """What a browser keeps of somebody who has signed in."""
    context = browser.new_context(base_url=front)
    visitor.sign_in(context.new_page())
    kept = context.storage_state(indexed_db=True)
    context.close()
    return kept


def _look(browser: Browser, front: str, path: str, kept: Any = None) -> Look:
    context = browser.new_context(base_url=front, storage_state=kept)
    page, sizes = context.new_page(), dict.fromkeys(("script", "stylesheet", "font"), 0)
    page.add_init_script(_WATCH)

    def weigh(request: Request) -> None:
        if request.resource_type in sizes:
            sizes[request.resource_type] += request.sizes()["responseBodySize"]

    page.on("requestfinished", weigh)
    page.goto(path)
    page.locator("h1").first.wait_for()
    _settle(page)
    seen = page.evaluate("window.seen")
    context.close()
    return Look(sizes["script"], sizes["stylesheet"], sizes["font"], round(seen["lcp"]), round(seen["cls"], 3))


def _settle(page: Page) -> None:
    """Until nothing was loaded for half a second. Listeners stay open, so the network itself is never idle."""
    page.evaluate(
        """() => new Promise(done => {
          let count = -1;
          const look = () => {
            const now = performance.getEntriesByType('resource').length;
            if (now === count) return done();
            count = now;
            setTimeout(look, 500);
          };
          look();
        })"""
    )


def _lighthouse(url: str, report: Path, flags: list[str]) -> dict[str, float]:
    """Scores of 0 to 100 by category."""
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(['--headless=new', *flags])}"]
    subprocess.run(command, check=True, timeout=PATIENCE_S, env={**os.environ, "CHROME_PATH": CHROMIUM})
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}


def _show(looks: dict[str, Look], scores: dict[str, float]) -> None:
    table = Table("screen", "script kB", "style kB", "font kB", "largest paint ms", "layout shift")
    for path, look in looks.items():
        kilobytes = (f"{size / 1000:.0f}" for size in (look.script, look.style, look.font))
        table.add_row(path, *kilobytes, f"{look.largest_paint_ms:.0f}", f"{look.layout_shift:.3f}")
    console = Console()
    console.print(table)
    console.print("Lighthouse of the sign-in: " + ", ".join(f"{name} {score:.0f}" for name, score in scores.items()))
    console.print(f"See {OUT}")


if __name__ == "__main__":
    main()
