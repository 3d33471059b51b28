"""Start-up against a Typer hello world and against check-jsonschema, in one run: prints milliseconds and ratios.

Run with ``python tests/benchmarks/bench_startup.py [ROUNDS]``. The bytecode of everything is compiled first: figures without it
are up to 2.6 times too high. The minimum of user and system time is compared, which a busy machine disturbs least.
check-jsonschema takes part where it is installed, on one file that is valid.
"""

import compileall
import os
import resource
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
LIMITS = (
    ("normtool --version", "typer hello", 1.15),
    ("normtool check", "typer hello", 2.0),
    ("normtool check", "check-jsonschema", 0.5),
)


def cost(command: list[str], folder: str) -> float:
    """Give the processor time of a command in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(folder: str) -> dict[str, list[str]]:
    """Give the commands to compare, with their files in ``folder``, where no configuration stands."""
    for name, content in {"hello.py": HELLO, "clean.txt": CLEAN, "one.json": "{}", "schema.json": '{"type": "object"}'}.items():
        Path(folder, name).write_text(content, "utf-8")
    own = [sys.executable, "-m", "normtool"]
    out = {
        "typer hello": [sys.executable, "hello.py"],
        "normtool --version": [*own, "--version"],
        "normtool check": [*own, "check", "-q", "clean.txt"],
    }
    other = Path(sysconfig.get_path("scripts"), "check-jsonschema")
    if other.exists():
        out["check-jsonschema"] = [str(other), "--schemafile", "schema.json", "one.json"]
    return out


def main(rounds: int) -> int:
    """Measure, print, and tell whether a limit is passed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=1)
    with tempfile.TemporaryDirectory() as folder:
        compared = commands(folder)
        best = dict.fromkeys(compared, float("inf"))
        for _ in range(rounds):
            for name, command in compared.items():
                best[name] = min(best[name], cost(command, folder))
    for name, seconds in best.items():
        print(f"{name:20} {seconds * 1000:5.0f} ms")
    passed = False
    for name, anchor, limit in LIMITS:
        if anchor in best:
            ratio = best[name] / best[anchor]
            passed |= ratio > limit
            print(f"{name} is {ratio:.2f}x {anchor} (at most {limit}x)")
    return int(passed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
