"""`make bench-pages`: requests per second of pages cached, uncached, and of a static file by the same server, in one run.

The load comes from a process of its own over kept-alive connections on the loopback address, for a few seconds each. The
last line tells how many times faster the cache makes a page; under the target the command fails.
"""

from __future__ import annotations

import http.client
import multiprocessing
import re
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.siteserver import copy_site, prepared_site, running_site

TARGET = 15
SECONDS = 4.0
# Enough to keep every thread of the server busy.
CONNECTIONS = 8
MAX_REQUESTS = 60_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one round of load saw. `generator_share` is the part of its time for which the load's own process was busy."""

    per_second: float
    generator_share: float


def _load(url: str, seconds: float, results: multiprocessing.SimpleQueue[tuple[int, float, float]]) -> None:
    """Runs in its own process: `CONNECTIONS` threads ask for `url` one after the other until the time is up."""
    target = urlsplit(url)
    counts = [0] * CONNECTIONS
    end = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        path = target.path or "/"
        while time.perf_counter() < end and counts[number] < MAX_REQUESTS // CONNECTIONS:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{url} answered {response.status}")
            counts[number] += 1
        connection.close()

    began, cpu = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((sum(counts), time.perf_counter() - began, time.process_time() - cpu))


def measure(url: str, seconds: float = SECONDS) -> Measured:
    """Requests per second that the server answers, after a short warm-up of every worker."""
    for length in (0.5, seconds):
        results: multiprocessing.SimpleQueue[tuple[int, float, float]] = multiprocessing.SimpleQueue()
        process = multiprocessing.Process(target=_load, args=(url, length, results))
        process.start()
        process.join(length + 60)
        count, took, cpu = results.get()
    return Measured(count / took, cpu / took)


def gallery_path(base: str) -> str:
    """The path of a page of the demo site that shows a proposal gallery."""
    sitemap = urllib.request.urlopen(f"{base}/sitemap.xml", timeout=30).read().decode()
    for address in re.findall(r"<loc>([^<]+)</loc>", sitemap):
        path = urlsplit(address).path
        if "block--proposal_gallery" in urllib.request.urlopen(base + path, timeout=30).read().decode():
            return path
    raise AssertionError("no page of the demo site shows a proposal gallery")


def static_path(base: str) -> str:
    """The site's style sheet under its hashed name."""
    page = urllib.request.urlopen(f"{base}/", timeout=30).read().decode()
    found = re.search(r'href="(/static/cms/css/site[^"]*\.css)"', page)
    assert found, "the front page links no style sheet"
    return found[1]


def main() -> int:
    """Measure everything and print it; 1 when the cache misses its target. An argument names a folder with a prepared site."""
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        prepared = prepared_site(kept)
        rows: dict[str, dict[str, Measured]] = {}
        for name, seconds in (("cached", "3600"), ("uncached", "0")):
            data = copy_site(prepared, Path(folder) / name)
            with running_site(data, PAGE_CACHE_SECONDS=seconds) as site:
                pages = {"home page": "/", "gallery": gallery_path(site.url)}
                for page, path in pages.items():
                    rows.setdefault(page, {})[name] = measure(site.url + path)
                if name == "cached":
                    static = measure(site.url + static_path(site.url))
    print(f"{'':<12}{'cached':>12}{'uncached':>12}{'times':>8}   requests per second, {CONNECTIONS} connections")
    worst = float("inf")
    for page, row in rows.items():
        times = row["cached"].per_second / row["uncached"].per_second
        worst = min(worst, times)
        print(f"{page:<12}{row['cached'].per_second:>12.0f}{row['uncached'].per_second:>12.0f}{times:>8.1f}")
    print(f"{'static file':<12}{static.per_second:>12.0f}")
    share = max(row["cached"].generator_share for row in rows.values())
    print(f"The load generator itself used {share:.0%} of one core at most.")
    print(f"Cached pages are at least {worst:.1f} times as fast as uncached ones; the target is {TARGET}.")
    return 0 if worst >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
