"""Measures the whole way of a document against its floor and against a plain cleaning pipeline, and many files in several processes.

    python tests/benchmarks/bench_pipeline.py [--rounds N] [--files N] [--megabytes N]

The documents are real ones where these lie beside the checkout, and else the samples: four Simplified to one Traditional. All
three ways take the same bytes and give JSON:

- normtool: bytes -> text -> clean text -> document -> JSON -> verdict, one process;
- floor: read, decode in the known encoding, OpenCC where the document is Traditional, two passes of a pattern, JSON;
- plain: what a careful script does: charset-normalizer, ftfy (where it is installed), OpenCC on everything, repeated lines dropped, JSON.

Times are of the processor and the least of the rounds, taken in turns. Then: two processes against one on many small files
(``--files``), and the memory of the largest process over those files and over a JSON Lines file of ``--megabytes``, against a
tenth of it. 0 leaves a part out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from normtool import pipeline
from normtool.model import Settings
from normtool.structure import to_json

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared/seeds"
BLANKS = re.compile(r"[ \t\u3000]+")
MARKS = re.compile(r"(?<=[\u4e00-\u9fff]),(?=[\u4e00-\u9fff])")
T2S = opencc.OpenCC("t2s")
S2T = opencc.OpenCC("s2t")
LIMITS = {"of the floor": 0.5, "of plain": 8.0, "two processes": 1.7, "memory": 120.0}
CHILD = "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], capture_output=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)"


class Document:
    """A file's bytes with what the floor is told about them."""

    def __init__(self, data: bytes) -> None:
        """Decode once to know the encoding and script."""
        decoded = pipeline.decode_bytes(data, Settings(allow_lossy=True))
        self.data, self.encoding = data, decoded.encoding or "utf-8"
        self.text = decoded.text
        self.traditional = changes(T2S, self.text) > changes(S2T, self.text)


def changes(converter: opencc.OpenCC, text: str) -> int:
    """Count the characters that a conversion changes."""
    return sum(one != other for one, other in zip(text, converter.convert(text), strict=False))


def documents() -> list[Document]:
    """Give the documents; where none of them is Traditional, one for every four Simplified ones is made."""
    paths = sorted(SEEDS.glob("*.txt")) or sorted((ROOT / "samples/raw").glob("*.txt"))
    given = [Document(path.read_bytes()) for path in paths]
    simplified = [document for document in given if not document.traditional]
    if 4 * (len(given) - len(simplified)) == len(simplified):
        return given
    made = [Document(S2T.convert(document.text).encode()) for document in simplified[: len(simplified) // 4]]
    for document in made:
        document.traditional = True
    return [*simplified, *made]


def ours(document: Document) -> str:
    """Take the whole way."""
    reading = pipeline.read(pipeline.decode_bytes(document.data, Settings()), Settings())
    if reading is None:
        raise SystemExit("a document was refused")
    verdict = any(found.severity == "error" for found in reading.remarks)
    return json.dumps(
        {"text": reading.normalized.text, "document": to_json(reading.document), "verdict": verdict}, ensure_ascii=False
    )


def floor(document: Document) -> str:
    """Do what no program can leave out."""
    text = document.data.decode(document.encoding, "replace")
    if document.traditional:
        text = T2S.convert(text)
    return json.dumps({"text": MARKS.sub("，", BLANKS.sub(" ", text))}, ensure_ascii=False)


def plain(document: Document) -> str:
    """Clean as a script with the usual libraries does."""
    from charset_normalizer import from_bytes

    best = from_bytes(document.data).best()
    text = str(best) if best else document.data.decode("utf-8", "replace")
    text = T2S.convert(FIX(text))
    lines = dict.fromkeys(BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return json.dumps({"text": MARKS.sub("，", "\n".join(line for line in lines if line))}, ensure_ascii=False)


def _fix() -> Callable[[str], str]:
    try:
        import ftfy
    except ImportError:
        print("ftfy is not installed: the plain pipeline runs without it")
        return lambda text: text
    settings = ftfy.TextFixerConfig(uncurl_quotes=False, fix_character_width=False)
    return lambda text: str(ftfy.fix_text(text, settings))


FIX = _fix()


def speed(rounds: int) -> bool:
    """Print documents a second of the three ways; tell whether a limit is passed."""
    given = documents()
    ways = {"normtool": ours, "floor": floor, "plain": plain}
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds + 1):  # the first warms up
        for name, way in ways.items():
            start = time.process_time()
            for document in given:
                way(document)
            best[name] = min(best[name], time.process_time() - start)
    size = sum(len(document.data) for document in given)
    print(
        f"{len(given)} documents, {sum(document.traditional for document in given)} Traditional, {size / len(given) / 1000:.1f} KB each"
    )
    for name, seconds in best.items():
        print(f"  {name:9} {len(given) / seconds:7.0f} documents/s  {1000 * seconds / len(given):6.2f} ms each")
    ratios = {"of the floor": best["floor"] / best["normtool"], "of plain": best["plain"] / best["normtool"]}
    passed = [told(name, ratio, "x", at_least=True) for name, ratio in ratios.items()]
    return any(passed)


def told(name: str, value: float, unit: str, *, at_least: bool) -> bool:
    """Print a figure beside its limit; tell whether it passes the limit."""
    print(f"  {value:7.2f}{unit} {name} ({'at least' if at_least else 'at most'} {LIMITS[name]}{unit})")
    return value < LIMITS[name] if at_least else value > LIMITS[name]


def texts() -> list[str]:
    """Give the texts that files and records are made of."""
    return [document.text[:6000] for document in documents()]


def many_files(count: int) -> bool:
    """Compare one process with two over many files, and print the memory of the largest process."""
    given = texts()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            Path(folder, f"{number:06}.txt").write_text(f"{given[number % len(given)]}\n第{number}号\n", "utf-8")
        walls: dict[str, float] = {}
        memory = 0.0
        for jobs in ("1", "2", "1", "2"):
            start = time.monotonic()
            largest = measured("check", "--isolated", "-q", "--jobs", jobs, folder)
            took, memory = time.monotonic() - start, max(memory, largest)
            walls[jobs] = min(walls.get(jobs, took), took)
            print(f"  {count} files, {jobs} process(es): {took:6.1f} s, {largest:.0f} MiB", flush=True)
    return any(
        (told("two processes", walls["1"] / walls["2"], "x", at_least=True), told("memory", memory, " MiB", at_least=False))
    )


def json_lines(megabytes: int) -> bool:
    """Print the memory of the largest process over a JSON Lines file and over a tenth of it."""
    given = texts()
    passed = False
    with tempfile.TemporaryDirectory() as folder:
        for size in (megabytes / 10, megabytes):
            source = Path(folder, "in.jsonl")
            with source.open("w", encoding="utf-8") as stream:
                number = 0
                while stream.tell() < size * 1_000_000:
                    stream.write(json.dumps({"id": number, "text": given[number % len(given)]}, ensure_ascii=False) + "\n")
                    number += 1
            start = time.monotonic()
            memory = measured(
                "batch", str(source), "--output", str(Path(folder, "out.jsonl")), "--isolated", "-q", "--jobs", "2", "--restart"
            )
            print(f"  JSON Lines of {size:.0f} MB, {number} records: {time.monotonic() - start:.1f} s")
            passed |= told("memory", memory, " MiB", at_least=False)
    return passed


def measured(*arguments: str) -> float:
    """Run the program; give the memory of its largest process in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, sys.executable, "-m", "normtool", *arguments],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "CI": "1"},
    )
    memory, status = map(int, done.stdout.split())
    if status > 1:
        raise SystemExit(f"normtool {' '.join(arguments)} ended with {status}")
    return memory / 1024


def main() -> int:
    """Measure what the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--megabytes", type=int, default=20)
    asked = options.parse_args()
    passed = [speed(asked.rounds)] if asked.rounds else []
    passed += [many_files(asked.files)] if asked.files else []
    passed += [json_lines(asked.megabytes)] if asked.megabytes else []
    return int(any(passed))


if __name__ == "__main__":
    sys.exit(main())
