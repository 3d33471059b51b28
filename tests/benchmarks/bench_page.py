"""How fast saved pages are read, beside trafilatura where it is installed, and how much memory a page takes.

    python tests/benchmarks/bench_page.py FOLDER [--rounds N]

FOLDER holds pages (``*.html``, UTF-8). Every reader gets the same decoded pages in one process, in turns; the best of N rounds
counts. ``read`` is from the markup to the document's text, ``clean`` the whole way to the clean text. Memory is the growth of
the resident set while each of the largest pages is read in a process of its own, as a multiple of the page's bytes.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from normtool.model import Settings
from normtool.page import read_page
from normtool.pipeline import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 5
_WARM_UP = "<p>一、甲。2020年1月1日</p><table><tr><td>a<td>b<tr><td>c<td>d</table>"


def readers() -> dict[str, Callable[[str], object]]:
    found: dict[str, Callable[[str], object]] = {
        "read": read_page,
        "clean": lambda page: normalize(read_page(page).text, Settings()).text,
    }
    try:
        from trafilatura import extract
    except ImportError:
        print("trafilatura is not installed; pip install trafilatura lxml_html_clean")
    else:
        found["trafilatura"] = extract
        found["trafilatura, recall"] = lambda page: extract(page, favor_recall=True)
    return found


def peak() -> int:
    """Give the largest resident set so far in bytes.

    Linux counts the parent's in ``ru_maxrss``, so its own table goes first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measure_memory(path: Path) -> None:
    page = path.read_text("utf-8")
    read_page(_WARM_UP)
    before = peak()
    read_page(page)
    grown = peak() - before
    size = path.stat().st_size
    print(f"  {path.name:32} {size / 1000:8.0f} kB  {grown / size:5.1f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.folder.is_file():
        measure_memory(arguments.folder)
        return
    paths = sorted(arguments.folder.glob("*.html"), key=lambda path: path.stat().st_size)
    pages = [path.read_text("utf-8") for path in paths]
    size = sum(path.stat().st_size for path in paths) / 1e6
    best: dict[str, float] = {}
    for _ in range(arguments.rounds):
        for name, read in readers().items():
            start = time.process_time()
            for page in pages:
                read(page)
            best[name] = min(best.get(name, 1e9), time.process_time() - start)
    print(f"{len(pages)} pages, {size:.1f} MB")
    for name, seconds in best.items():
        print(f"  {name:20} {seconds:7.2f} s  {size / seconds:6.1f} MB/s  {seconds / best['read']:5.1f} x the time of read")
    print("memory of the largest")
    for path in paths[-_LARGEST:]:
        subprocess.run([sys.executable, __file__, str(path)], check=True)


if __name__ == "__main__":
    main()
