"""The rules that the source code keeps, read from its syntax: who imports whom, who touches the disk, who writes to streams."""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "normtool"
MODULES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))

# A layer may import itself where it is alone in its row, and everything in the rows before it.
LAYERS = (
    ("model", "lazyre", "ending"),
    ("patch", "rulebook", "lines", "patterns", "results"),
    ("chromepack", "history"),
    ("catalog", "diff", "markdown", "parallel", "problems"),
    ("grammar",),
    ("document", "dateline"),
    ("decode", "text", "structure", "page"),
    ("checks", "learn"),
    ("values",),
    ("pipeline", "config"),
    ("files",),
    ("runner", "report"),
    ("records", "reporting"),
    ("cli",),
    ("__main__",),
)
FREE = {"__init__"}  # the public API imports what it needs when it is called

DISK = {"catalog", "config", "files"}
DISK_EXCEPTIONS = {
    "values": "a path that leads nowhere is refused",
    "text/script/convert": "OpenCC takes its configuration as the path of a file",
    "cli/streams": "the null device takes what nobody reads any more",
    "cli/config": "the settings of a file are those of its folder",
    "cli/rule": "the page of a rule, by the path that catalog gives",
}
DISK_CALLS = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "unlink",
    "mkdir",
    "touch",
    "rename",
    "scandir",
    "listdir",
    "iterdir",
    "glob",
    "rglob",
    "stat",
    "exists",
    "is_file",
    "is_dir",
}
STREAMS = {"cli"}
HEAVY = {
    "opencc",
    "charset_normalizer",
    "jsonschema",
    "jsonschema_rs",
    "rich",
    "tomllib",
    "pathspec",
    "difflib",
    "concurrent.futures",
}
NETWORK = {"socket", "ssl", "http", "urllib", "urllib.request", "requests", "ftplib", "smtplib", "asyncio"}


@cache
def tree(module):
    return ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))


def part(module):
    """Give the layer of a module: the first name of its path."""
    return module.split("/")[0]


def imports(node):
    """Give the full names that a syntax tree imports, wherever in it."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def own_parts(module):
    """Give the layers of normtool that a module imports."""
    known = {part(name) for name in MODULES}
    return {
        name.split(".")[1] for name in imports(tree(module)) if name.startswith("normtool.") and name.split(".")[1] in known
    }


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) not in FREE])
def test_imports_run_one_way(module):
    rank = {name: row for row, names in enumerate(LAYERS) for name in names}
    mine = part(module)
    assert mine in rank, f"{mine}: give it a row in LAYERS"
    for other in own_parts(module) - {mine}:
        assert rank[other] < rank[mine], f"{module} imports {other}, which stands no lower"


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.startswith("text/") and m.count("/") == 1 and not m.endswith("__init__")]
)
def test_stages_do_not_run_each_other(module):
    """A stage gives edits of the text that it is given; what another stage would make of it is not its business."""
    called = {name for name in imports(tree(module)) if name.startswith("normtool.text.") and name.endswith("_edits")}
    assert not called


def calls(module):
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            target = node.func
            yield target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) not in DISK and m not in DISK_EXCEPTIONS])
def test_only_catalog_config_and_files_touch_the_disk(module):
    assert not DISK_CALLS & set(calls(module))


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) not in STREAMS])
def test_only_the_command_line_writes_to_streams(module):
    """A report gives its pieces; the command line writes them."""
    bare = {node.func.id for node in ast.walk(tree(module)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not bare & {"print", "input"}
    names = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    assert not names & {"stdout", "stderr", "stdin"}


@pytest.mark.parametrize("module", MODULES)
def test_heavy_packages_are_imported_where_they_are_needed(module):
    """At the top of a module they would slow down every start."""
    top = [node for node in tree(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not {name for node in top for name in imports(node)} & HEAVY


@pytest.mark.parametrize("module", MODULES)
def test_nothing_reaches_the_network(module):
    assert not set(imports(tree(module))) & NETWORK
