"""Measures the detection of encodings: right, refused and silently wrong answers, the place of broken bytes, speed and start.

    BENCH_HOME=folder python tests/benchmarks/bench_encoding.py

The folder holds data/manifest.jsonl, a file a line (path, set, kind, bucket: its length in characters, style, codec), and the
files. Without it nothing is measured. Times are of the processor.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from normtool.decode import decode, reported_encoding
from normtool.decode.charsets import decode_strict

Entry = dict[str, Any]
CHINESE = {"gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "hz"}
CANONICAL = {"big5": "big5hkscs"}
NEAR = 4  # bytes
LONG, KILOBYTES_14, MEGABYTE = 256, 14_000, 1_000_000
START = "import sys, time; t = time.process_time(); import normtool.decode; normtool.decode.decode({!r}); print(time.process_time() - t, 'charset_normalizer' in sys.modules)"
BARE = "import time; t = time.process_time(); import normtool.model, normtool.patch, normtool.catalog; print(time.process_time() - t, '')"


def answer(entry: Entry, data: bytes) -> str:
    """Say of the answer for one file: right, refused, wrong (another text or family), or other (a foreign name)."""
    decoded = decode(data)
    name = reported_encoding(decoded)
    if name is None:
        return "refused"
    codec = CANONICAL.get(entry["codec"], entry["codec"])
    if entry["kind"] == "damaged":
        return "right" if name == codec else "wrong"
    if entry["kind"] == "foreign":
        if name not in CHINESE:
            return "other"
        return "right" if decoded.text == data.decode(entry["codec"], "replace") else "wrong"
    if codec is None:
        return "wrong"
    truth = decode_strict(data, codec).removeprefix("\ufeff")
    return "right" if decoded.text == truth else "wrong"


def share(entries: list[tuple[Entry, str]], *wanted: str) -> str:
    """Give the share of the answers that are one of ``wanted``, with their number."""
    hits = sum(found in wanted for _, found in entries)
    return f"{100 * hits / len(entries):6.2f} % ({hits} of {len(entries)})" if entries else "no such file"


def located(files: list[tuple[Entry, bytes]], codec: str) -> str:
    """Break a byte of clean files and tell how often the place is found within four bytes, where strict decoding notices."""
    dice = random.Random(codec)
    seen = near = 0
    for entry, data in files:
        if CANONICAL.get(entry["codec"], entry["codec"]) != codec or entry["set"] != "synth" or entry["bucket"] != LONG:
            continue
        at = dice.choice([k for k, byte in enumerate(data[:-1]) if byte > 0x7F and k > NEAR])
        broken = dice.choice(
            (
                data[:at] + data[at + 1 :],
                data[:at] + b"\xff" + data[at + 1 :],
                data[:at] + bytes((dice.randrange(0x81, 0xFF),)) + data[at:],
            )
        )
        try:
            decode_strict(broken, codec)
        except UnicodeDecodeError:
            seen += 1
            near += any(
                place.offset - NEAR <= at <= place.offset + len(place.raw) - 1 + NEAR for place in decode(broken).damage
            )
    return f"{100 * near / seen:6.2f} % ({near} of {seen})"


def seconds(data: bytes) -> float:
    """Give the best of several runs over ``data``."""
    best = float("inf")
    for _ in range(30 if len(data) < MEGABYTE // 2 else 5):
        start = time.process_time()
        decode(data)
        best = min(best, time.process_time() - start)
    return best


def process(code: str) -> tuple[float, str]:
    """Give what a fresh interpreter prints: milliseconds, and a word."""
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(5)
    ]
    return min(float(run[0]) for run in runs) * 1000, runs[0][-1] if len(runs[0]) > 1 else ""


def main() -> int:
    """Print the table; gives the exit status."""
    home = os.environ.get("BENCH_HOME")
    if not home or not (Path(home) / "data" / "manifest.jsonl").exists():
        print("BENCH_HOME names no folder with data/manifest.jsonl: nothing measured", file=sys.stderr)
        return 0
    folder = Path(home) / "data"
    manifest = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    files = [(entry, (folder / entry["path"]).read_bytes()) for entry in manifest]
    answers = [(entry, answer(entry, data)) for entry, data in files]

    prose = [a for a in answers if a[0]["set"] == "synth"]
    for name, low, high in (("8 characters", 8, 8), ("16 characters", 16, 16), ("32 and more", 32, 1 << 30)):
        part = [a for a in prose if low <= a[0]["bucket"] <= high]
        print(f"Chinese prose, {name:20} {share(part, 'right')}; silently wrong {share(part, 'wrong').strip()}")
    print(f"ASCII with some hanzi               {share([a for a in answers if a[0]['set'] == 'mix'], 'right')}")
    real = [a for a in answers if a[0]["kind"] == "zh" and a[0]["style"] == "file"]
    print(f"Chinese files of other projects     {share(real, 'right')}")
    foreign = [a for a in answers if a[0]["kind"] == "foreign"]
    print(f"foreign files taken for Chinese     {share([a for a in foreign if a[0]['style'] == 'file'], 'wrong')}")
    print(f"foreign slices taken for Chinese    {share([a for a in foreign if a[0]['style'] != 'file'], 'wrong')}")
    print(
        f"binary, mixed, unsupported refused  {share([a for a in answers if a[0]['kind'] in {'binary', 'unsupported'}], 'refused')}"
    )
    print(f"one broken byte: right family       {share([a for a in answers if a[0]['kind'] == 'damaged'], 'right')}")
    for codec in ("gb18030", "big5hkscs", "utf-8"):
        print(f"  located within {NEAR} bytes, {codec:10} {located(files, codec)}")

    clean = {
        codec: b"\n".join(d for e, d in files if e["set"] == "synth" and e["codec"] == codec and "+" not in e["group"])
        for codec in ("gb18030", "utf-8")
    }
    print(f"14 kB of GB18030                    {1000 * seconds(clean['gb18030'][:KILOBYTES_14]):6.2f} ms")
    text = clean["utf-8"].replace(b"\xef\xbb\xbf", b"")
    text = (text * (MEGABYTE // len(text) + 1))[:MEGABYTE].decode("utf-8", "ignore").encode()
    print(f"UTF-8                               {len(text) / seconds(text) / 1e6:6.0f} MB/s")
    bare, _ = process(BARE)
    for name, sample in (("UTF-8", "实验室开放通知"), ("GB18030", "实验室开放通知")):
        start, loaded = process(START.format(sample.encode(name)))
        print(
            f"import and first {name:8} file      {start - bare:6.1f} ms more than the model; charset_normalizer loaded: {loaded}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
