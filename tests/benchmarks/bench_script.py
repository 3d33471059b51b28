"""Measures the conversion beside OpenCC's own: harm, accuracy, round trips, second runs, speed, cold start.

    BENCH_HOME=folder python tests/benchmarks/bench_script.py

The folder holds corp/NAME.txt, a paragraph a line (Simplified: laws, people_daily, gsdsimp_dev; Traditional: twlaw_trad), and
gold/ud_dev.tsv (id, Traditional, Simplified). Without it nothing is measured. Figures are characters; times are of the
processor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from normtool.patch import apply
from normtool.text.script import script_edits

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE = Path(opencc.__file__).resolve().parent / "clib" / "share" / "opencc"
PAGE = 9000
COLD = "import sys, time; t = time.process_time(); {}; print(time.process_time() - t)"
COLD_BARE = COLD.format("import opencc")
COLD_OURS = COLD.format("from normtool.text.script import script_edits; script_edits('\\u6e2c\\u8a66')")


def official(name: str) -> Callable[[str], str]:
    """Give a converter of OpenCC's own configurations."""
    convert: Callable[[str], str] = opencc.OpenCC(str(SHARE / f"{name}.json"), include_tofu_risk_dictionaries=False).convert
    return convert


def ours(text: str) -> str:
    """Make the safe edits of the script stage."""
    return apply(text, tuple(edit for edit in script_edits(text) if edit.safe))


def differing(a: str, b: str) -> int:
    """Count the places where two texts of one length differ."""
    return sum(x != y for x, y in zip(a, b, strict=True))


def share(part: int, whole: int) -> str:
    """Write a count and its rate."""
    return f"{part} ({1e5 * part / whole:.2f}/100k)"


def harm(engine: Callable[[str], str], simplified: list[str]) -> str:
    """Count the characters of Simplified text that change."""
    changed = sum(differing(line, engine(line)) for text in simplified for line in text.split("\n"))
    return share(changed, sum(map(len, simplified)))


def accuracy(engine: Callable[[str], str], rows: list[list[str]]) -> str:
    """Compare a treebank, as one document, with its hand-made Simplified text; Han characters only."""
    out = engine("\n".join(row[1] for row in rows)).split("\n")
    pairs = [(o, r) for line, row in zip(out, rows, strict=True) for o, r in zip(line, row[2], strict=True) if r > "\u3400"]
    return f"{sum(o == r for o, r in pairs) / len(pairs):.5f}"


def round_trip(engine: Callable[[str], str], simplified: list[str], forward: str) -> str:
    """Count what is not restored from OpenCC's Traditional text."""
    there = official(forward)
    lost = sum(differing(text, engine(there(text))) for text in simplified)
    return share(lost, sum(map(len, simplified)))


def second_run(engine: Callable[[str], str], texts: list[str]) -> str:
    """Count the pages that a second run changes."""
    pages = [text[i : i + PAGE] for text in texts for i in range(0, len(text), PAGE)]
    once = [engine(page) for page in pages]
    return f"{sum(engine(page) != page for page in once)} of {len(pages)} pages"


def speed(engine: Callable[[str], str], text: str) -> str:
    """Time a text in pages, the best of five."""
    pages = [text[i : i + PAGE] for i in range(0, len(text), PAGE)]
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for page in pages:
            engine(page)
        best = min(best, time.process_time() - start)
    return f"{len(text) / best / 1e6:.1f} M/s"


def cold(code: str) -> float:
    """Time a fresh interpreter, in milliseconds, the best of ten."""
    return (
        min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in range(10))
        * 1e3
    )


def main() -> int:
    """Print the table."""
    home = Path(os.environ.get("BENCH_HOME", ""))
    if not (home / "corp" / "laws.txt").is_file():
        print("nothing measured: BENCH_HOME names no folder with corp/ and gold/")
        return 0

    def corpus(name: str) -> str:
        return "\n".join(line for line in (home / "corp" / f"{name}.txt").read_text("utf-8").split("\n") if line.strip())

    simplified = [corpus(name) for name in ("laws", "people_daily", "gsdsimp_dev")]
    traditional = corpus("twlaw_trad")
    rows = [line.split("\t") for line in (home / "gold" / "ud_dev.tsv").read_text("utf-8").splitlines()]
    engines = {"normtool": ours, "opencc t2s": official("t2s"), "opencc tw2s": official("tw2s")}
    print("what".ljust(34), *(name.ljust(22) for name in engines))
    lines: dict[str, Callable[[Callable[[str], str]], str]] = {
        "Simplified text changed": lambda e: harm(e, simplified),
        "treebank, characters right": lambda e: accuracy(e, rows),
        **{f"round trip {f}": lambda e, f=f: round_trip(e, simplified, f) for f in ("s2t", "s2tw", "s2hk")},  # type: ignore[misc]
        "changed by a second run": lambda e: second_run(e, [traditional, official("s2tw")(simplified[1])]),
        "speed, Traditional": lambda e: speed(e, traditional),
        "speed, Simplified": lambda e: speed(e, simplified[0]),
    }
    for what, measure in lines.items():
        print(what.ljust(34), *(measure(engine).ljust(22) for engine in engines.values()))
    bare = cold(COLD_BARE)
    print(f"cold start: {cold(COLD_OURS) - bare:.1f} ms over a bare import of opencc ({bare:.1f} ms)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
