"""Feeds mutated documents to the whole pipeline, as bytes in every encoding and as text, and checks the promises on each.

Run with ``python tests/fuzz/fuzz.py [--seed N] [--count N] [--first N] [--keep DIR]``. An input is made from its seed and
number alone, so that ``--first N --count 1`` gives it again. Exit status 1 when a promise is broken; what broke it is printed
in its shortest form that was found, and kept in DIR. The documents are the samples, and the corpus beside the checkout where
there is one.
"""

import argparse
import re
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

from normtool import pipeline
from normtool.model import Settings
from normtool.patch import undo
from normtool.rulebook import RULES

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared/corpus/docs"
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "big5",
    "big5hkscs",
    "cp950",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "hz",
    "euc_jp",
    "euc_kr",
    "shift_jis",
    "cp1252",
    "utf-7",
)
LONGEST = 12_000
"""Characters of a document that are used: long texts are measured in the tests of linear time, here many count."""
SLOW = 1.0
"""Seconds that 100 KB may take."""
PIECES = (
    *("\n", "\n\n", "\r\n", "\r", "\x0c", "\t", " ", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\u0085", "\x00", "\x1b", "\ud800", "\U00020000", "\ue000", "\ufffe"),
    *("一、", "（一）", "(二)", "1.", "1、", "（1）", "第一章", "第一条", "①", "专栏1", "附件：1.", "附件", "一是", "——", "……", "。", "，", "：", "；", "！", "？", "“", "”", "《", "》", "〔", "〕", "【", "】"),
    *(",", ".", ":", ";", "!", "?", "(", ")", "[", "]", "{", "}", "<", ">", "|", '"', "'", "-", "--", "...", "%", "&nbsp;", "&#22269;", "<p>", "</p>", "<!--", "-->", "<script>", "<table>", "<td>"),
    *("首页>>政务公开>>", "当前位置：", "扫一扫在手机打开当前页", "日期：2021-03-04", "下载文档", "上一篇：", "责任编辑：", "【打印】【关闭】", "- 3 -", "第3页 共9页", "目录\n", "总则......1\n"),
    *("索引号：", "[ 索引号 ] |", "发文字号:", "发布机构", "成文日期：", "2021年3月4日", "二〇二一年三月四日", "2021-2025年", "某发〔2021〕3号", "某发[2021]第03号", "签发人：", "抄送："),
    *("關於", "發布", "後", "乾", "臺灣", "⼀", "﹐", "ｱ", "Ａ", "１", "é", "e\u0301", "한", "かな", "😀", "\u202e", "\u0301" * 4),
)  # fmt: skip
SETTINGS = (
    *(Settings(),) * 4,
    Settings(unsafe=True),
    Settings(script="keep"),
    Settings(script="simplified", taiwan_vocabulary=True),
    Settings(allow_lossy=True),
    Settings(unsafe=True, allow_lossy=True, select=tuple(RULES)),
    Settings(ignore=("CHR", "LAY")),
    Settings(document_type="notice"),
    Settings(markdown=True),
)


@cache
def documents() -> tuple[str, ...]:
    """Give the texts that are mutated."""
    files = [path for path in sorted((ROOT / "samples").rglob("*.txt")) if "clean" not in path.parts]
    files += sorted(CORPUS.glob("*"))[::3] if CORPUS.is_dir() else []
    return tuple(pipeline.decode_bytes(path.read_bytes(), Settings(allow_lossy=True)).text for path in files)


def some_text(random: Random) -> str:
    """Give a piece of a document, or of pieces put together; mutated a few times or not at all."""
    if random.random() < 0.15:
        text = "".join(random.choice(PIECES) for _ in range(random.randrange(60)))
    else:
        text = random.choice(documents())
        size = random.choice((300, 1000, 3000, LONGEST))
        start = 0 if random.random() < 0.5 else random.randrange(len(text) + 1)
        text = text[start : start + size]
    for _ in range(random.choice((0, 1, 2, 4, 8, 16))):
        text = mutated(text, random)
    return relaid(text, random) if random.random() < 0.2 else text


def relaid(text: str, random: Random) -> str:
    """Set a text anew: wrapped at one width, as by pdftotext and mail, or run together with blanks, as by a careless extraction."""
    lines = text.split("\n")
    if random.random() < 0.6:
        width = random.choice((18, 20, 22, 25, 28, 32, 36, 40))
        lines = [line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width)]
        return "\n".join(lines)
    start = random.randrange(len(lines))
    end = start + random.choice((2, 5, 10, 1000))
    glue = random.choice((" ", "\u3000\u3000", "", "\u00a0"))
    return "\n".join((*lines[:start], glue.join(lines[start:end]), *lines[end:]))


def mutated(text: str, random: Random) -> str:
    """Change a text in one place."""
    at = random.randrange(len(text) + 1)
    end = min(len(text), at + random.choice((0, 1, 2, 5, 40, 400)))
    before, there, after = text[:at], text[at:end], text[end:]
    match random.randrange(9):
        case 0:
            there = random.choice(PIECES) * random.choice((1, 1, 1, 2, 5, 30)) + there
        case 1:
            there = ""
        case 2:
            there *= random.choice((2, 3, 9))
        case 3:
            there, after = after, there
        case 4:
            lines = after.split("\n")
            random.shuffle(lines)
            after = "\n".join(lines)
        case 5:
            after = after.replace(
                random.choice(("\n", "。", "，", "、", "：", " ")), random.choice(PIECES), random.choice((1, 3, -1))
            )[:LONGEST]
        case 6:
            there = there[::-1]
        case 7:
            there += "".join(
                chr(random.choice((random.randrange(0x80), random.randrange(0x3000, 0xA000), random.randrange(0x110000))))
                for _ in range(3)
            )
        case _:
            other = random.choice(documents())
            start = random.randrange(len(other) + 1)
            there = other[start : start + 300]
    return before + there + after


def some_bytes(random: Random) -> bytes:
    """Give a text in some encoding, with some bytes broken."""
    text = some_text(random)
    data = text.encode(random.choice(ENCODINGS), random.choice(("ignore", "replace")))
    for _ in range(random.choice((0, 0, 1, 2, 5, 20))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((0, 1, 1, 2, 3, 30)))
        fresh = random.choice(
            (
                b"",
                b"\x00",
                b"\xff",
                b"\x80",
                b"~{",
                b"\xef\xbb\xbf",
                b"\xff\xfe",
                random.randbytes(1),
                random.randbytes(3),
                data[at:end] * 2,
            )
        )
        data = data[:at] + fresh + data[end:]
    if random.random() < 0.05:
        other = some_text(random).encode(random.choice(ENCODINGS), "ignore")
        data += other
    return data


def broken_by_text(text: str, settings: Settings) -> str:
    """Tell which promise a text breaks; an empty string when none."""
    try:
        result = pipeline.normalize(text, settings)
        if undo(result.text, result.history) != text:
            return "conservation"
        again = pipeline.normalize(result.text, settings)
        if again.history:
            return f"rest: {again.history[0].patch[:2]}"
        if not any("\ud800" <= c <= "\udfff" for c in text):  # these have no UTF-8, and no file gives them
            pipeline.checked(result, pipeline.parse(result.text, settings), settings)
    except Exception as error:  # noqa: BLE001
        return described(error)
    return ""


def broken_by_bytes(data: bytes, settings: Settings) -> str:
    """Tell which promise the bytes of a file break; an empty string when none."""
    try:
        return _broken_by_bytes(data, settings)
    except Exception as error:  # noqa: BLE001
        return described(error)


def _broken_by_bytes(data: bytes, settings: Settings) -> str:  # noqa: PLR0911
    seen = pipeline.examine(data, settings)
    text = seen.decoded.text
    if any(not 0 <= found.span.start <= found.span.end <= len(text) for found in seen.findings):
        return "a finding outside the text"
    if seen.normalized is None:
        return "" if seen.decoded.encoding is None and seen.findings else "refused without a finding"
    seen.normalized.text.encode()
    if undo(seen.normalized.text, seen.normalized.history) != text:
        return "conservation"
    if pipeline.normalize(seen.normalized.text, settings).history:
        return "rest"
    if seen.decoded.verdict != "ok" or not any("\u3400" <= c <= "\u9fff" for c in seen.normalized.text):
        return ""  # such a file is refused or skipped: what is left in it may be escapes of another encoding
    again = pipeline.examine(seen.normalized.text.encode(), settings)
    if again.normalized is None or again.normalized.text != seen.normalized.text:
        return "the clean text is not read as it was written"
    return ""


RULE = re.compile(r"rule='\w+'")


def described(error: Exception) -> str:
    """Name an exception and where it came from."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""
    rule = RULE.search(str(error))
    return f"{type(error).__name__} {rule[0] if rule else ''} at {place}: {str(error)[:200]}"


def shortest(given, settings: Settings, broken, why: str):
    """Take pieces out of an input as long as it still breaks the same promise, for some seconds."""
    kind, deadline = why.split(":", maxsplit=1)[0], time.monotonic() + 20
    size = len(given) // 2
    while size and time.monotonic() < deadline:
        at = 0
        while at < len(given) and time.monotonic() < deadline:
            less = given[:at] + given[at + size :]
            if broken(less, settings).split(":")[0] == kind:
                given = less
            else:
                at += size
        size //= 2
    return given


def main() -> int:
    """Run the inputs that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    seen: Counter[str] = Counter()
    slowest, started = (0.0, 0), time.monotonic()
    for number in range(asked.first, asked.first + asked.count):
        random = Random(f"{asked.seed}/{number}")
        settings = random.choice(SETTINGS)
        as_text = random.random() < 0.5
        given, broken = (some_text(random), broken_by_text) if as_text else (some_bytes(random), broken_by_bytes)
        start = time.process_time()
        why = broken(given, settings)
        took = time.process_time() - start
        runs = 3 if as_text else 4  # times that the pipeline is run over the input by its check
        slowest = max(slowest, (took, number))
        if not why and took / runs > SLOW * max(len(given) / 100_000, 1) and took / runs > 0.3:
            why = f"slow: {took / runs:.1f} s for {len(given)}"
        if why:
            seen[why.split(":")[0]] += 1
            if seen[why.split(":")[0]] <= 3:
                small = given if why.startswith("slow") else shortest(given, settings, broken, why)
                print(f"\ninput {number} of seed {asked.seed}: {why}\n  {settings}\n  {small[:600]!r}", flush=True)
                if asked.keep:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{asked.seed}-{number}.txt").write_bytes(
                        small.encode("utf-8", "surrogatepass") if isinstance(small, str) else small
                    )
        if (number + 1 - asked.first) % 1000 == 0:
            print(
                f"{number + 1 - asked.first} inputs, {sum(seen.values())} broken, {time.monotonic() - started:.0f} s",
                flush=True,
            )
    print(
        f"{asked.count} inputs: {dict(seen) or 'no promise broken'}; slowest {slowest[0]:.2f} s (input {slowest[1]}), {time.monotonic() - started:.0f} s"
    )
    return int(bool(seen))


if __name__ == "__main__":
    sys.exit(main())
