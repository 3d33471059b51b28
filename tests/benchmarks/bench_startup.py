"""Start-up against a Typer hello world, in one run: prints milliseconds and ratios.

Run with ``python tests/benchmarks/bench_startup.py [ROUNDS]``. The bytecode of everything is compiled first: figures without it are
up to 2.6 times too high. The minimum of user and system time is compared, which a busy machine disturbs least.
"""

import compileall
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

HELLO = """import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def main(name: str = "x") -> None:
    print("hello", name)
app()
"""
CLEAN = "关于做好秋季林区巡查工作的通知\n各镇人民政府：\n现将有关事项通知如下。\n云岭县林业局\n2023年9月12日\n"
LIMITS = {"normtool --version": 1.15, "normtool check": 2.0}


def cost(command: list[str]) -> float:
    """Give the processor time of a command in seconds."""
    before = os.times()
    subprocess.run(command, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main(rounds: int) -> int:
    """Measure, print, and tell whether a limit is passed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=1)
    with tempfile.TemporaryDirectory() as folder:
        hello, clean = Path(folder, "hello.py"), Path(folder, "clean.txt")
        hello.write_text(HELLO, "utf-8")
        clean.write_text(CLEAN, "utf-8")
        commands = {
            "typer hello": [sys.executable, str(hello)],
            "normtool --version": [sys.executable, "-m", "normtool", "--version"],
            "normtool check": [sys.executable, "-m", "normtool", "check", "-q", str(clean)],
        }
        best = dict.fromkeys(commands, float("inf"))
        for _ in range(rounds):
            for name, command in commands.items():
                best[name] = min(best[name], cost(command))
    ratios = {name: seconds / best["typer hello"] for name, seconds in best.items()}
    for name, ratio in ratios.items():
        print(f"{name:20} {best[name] * 1000:5.0f} ms  {ratio:.2f}x" + (f"  (at most {LIMITS[name]}x)" if name in LIMITS else ""))
    return int(any(ratios[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
