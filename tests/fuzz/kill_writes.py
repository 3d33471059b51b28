"""Kills ``normtool normalize --write`` on 300 files at a random moment, again and again, and looks at what is left.

Run with ``python tests/fuzz/kill_writes.py [TIMES] [FILES]``. After every kill each file must be the old one or the new one,
and after the next whole run there must be the new ones and nothing else. Exit status 1 when that is not so.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from normtool import normalize

COMMAND = [sys.executable, "-m", "normtool", "normalize", "--write", "--quiet", "--isolated", "--jobs", "2", "."]
DIRTY = """当前位置：首页>>政务公开>>通知公告
云岭县林业局关于做好第{n}林班秋季巡查工作的通知
各镇人民政府:
现将第{n}林班秋季巡查工作有关事项通知如下,请遵照执行。
一、巡查范围
第{n}林班及周边五百米,含苗圃。
二、工作要求
请于10月30日前报送结果。
云岭县林业局
2023年9月12日
扫一扫在手机打开当前页"""


def contents(folder: Path) -> dict[str, bytes]:
    """Give the names and bytes of everything in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Put the old files back."""
    for name, data in files.items():
        (folder / name).write_bytes(data)


def main(times: int = 200, count: int = 300) -> int:
    """Kill and look; tell what was seen."""
    random = Random(1)
    old = {f"{n:03}.txt": DIRTY.format(n=n).encode("gb18030" if n % 3 else "utf-8") for n in range(count)}
    new = {f"{n:03}.txt": normalize(DIRTY.format(n=n)).encode() for n in range(count)}
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, old)
        start = time.monotonic()
        subprocess.run(COMMAND, cwd=folder, check=True)
        whole = time.monotonic() - start
        assert contents(folder) == new
        for _ in range(times):
            fill(folder, old)
            running = subprocess.Popen(COMMAND, cwd=folder, start_new_session=True)
            time.sleep(random.uniform(0.1, 1.0) * whole)
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            left = contents(folder)
            rewritten = sum(left.get(name) == new[name] for name in new)
            seen["kills"] += 1
            seen["kills in the middle"] += 0 < rewritten < count
            seen["files rewritten"] += rewritten
            seen["lost"] += len(old.keys() - left.keys())
            seen["half-written"] += sum(left[name] not in {old[name], new[name]} for name in old if name in left)
            seen["temporary files left by a kill"] += len(left.keys() - old.keys())
            subprocess.run(COMMAND, cwd=folder, check=True)
            seen["not as they should be after the next run"] += contents(folder) != new
    for what, number in seen.items():
        print(f"{number:6}  {what}")
    return int(bool(seen["lost"] or seen["half-written"] or seen["not as they should be after the next run"]))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
