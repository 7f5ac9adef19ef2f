"""Rules of the house that neither ruff nor import-linter knows, from the syntax tree or seen by running."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "relief_app"
MODULES = sorted(APP.rglob("*.py"))
LONGEST_FILE = 400
TRANSLATORS = frozenset({"tr", "_tr", "translate"})
NETWORK = frozenset(
    {"urllib", "http", "ftplib", "smtplib", "socketserver", "asyncio", "requests", "ssl", "xmlrpc"}
)
NETWORK_NAMES = frozenset({"AF_INET", "AF_INET6", "create_connection", "create_server", "getaddrinfo"})


def found(paths: Iterable[Path], look: Callable[[Path], T]) -> dict[str, T]:
    """What `look` finds, by file, where it finds something."""
    looked = ((path.relative_to(ROOT).as_posix(), look(path)) for path in paths)
    return {name: things for name, things in looked if things}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(module: ast.Module) -> Iterator[str]:
    """Every module named by an import, those inside functions included."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def translations(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in TRANSLATORS and any(map(is_text, ast.walk(node))):
                yield node


def is_text(node: ast.AST) -> bool:
    """Painters translate too, by numbers."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def built_texts(module: ast.Module) -> list[int]:
    """Lines where a text to translate is put together first: it is extracted, but can never match."""
    return [
        node.lineno
        for call in translations(module)
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        or (isinstance(node, ast.Attribute) and node.attr in ("format", "join", "replace"))
    ]


def test_texts_to_translate_are_whole() -> None:
    assert not found(MODULES, lambda path: built_texts(tree(path)))


@pytest.mark.parametrize(
    "line",
    [
        'self.tr(f"step {n}")',
        'self.tr("step " + n)',
        'self.tr("step %s" % n)',
        'QCoreApplication.translate("words", "step {}".format(n))',
        '_tr("".join(words))',
        'translate("words", "step %1".replace("%1", n))',
    ],
)
def test_texts_put_together_are_found(line: str) -> None:
    assert built_texts(ast.parse(line)) == [1]


@pytest.mark.parametrize(
    "line",
    ['self.tr("step %1").replace("%1", n)', 'translate("words", "a " "b")', 'print("a" + b)', "tr(text)"],
)
def test_texts_filled_in_afterwards_are_fine(line: str) -> None:
    assert built_texts(ast.parse(line)) == []


def test_there_are_texts_to_translate() -> None:
    assert sum(len(list(translations(tree(path)))) for path in MODULES) > 100


def test_painters_know_no_widgets() -> None:
    painters = [path for path in MODULES if path.parent.name == "pictures"]
    assert len(painters) > 5
    assert not found(painters, lambda path: {name for name in imports(tree(path)) if "QtWidgets" in name})


def test_no_file_is_too_long() -> None:
    def too_long(path: Path) -> int:
        lines = len(path.read_text("utf-8").splitlines())
        return lines if lines > LONGEST_FILE else 0

    assert not found([*MODULES, *sorted((ROOT / "tools").rglob("*.py"))], too_long)


STOCK = frozenset(
    {
        *("QMessageBox", "QFileDialog", "QInputDialog", "QColorDialog", "QFontDialog", "QErrorMessage"),
        *("QDialog", "QProgressDialog", "QWizard", "QDialogButtonBox", "QSplashScreen", "QRubberBand"),
        *("QMenu", "QMenuBar", "QToolTip", "QWhatsThis", "QStatusBar", "QComboBox", "QCompleter"),
        *("standardIcon", "fromTheme", "setWindowIcon", "standardPixmap"),
    }
)
"""What the system's style or icon theme paints, in colours that no night knows."""


def names(module: ast.Module) -> set[str]:
    """Every name and attribute that `module` uses, imported ones too."""
    used = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    return used | {name.rpartition(".")[2] for name in imports(module)}


def tips(module: ast.Module) -> list[int]:
    """Lines that give a widget a tool tip or a hint for the system to show."""
    wanted = ("setToolTip", "setWhatsThis", "setStatusTip")
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if getattr(call.func, "attr", "") in wanted]


def test_no_window_menu_or_icon_of_the_systems_is_ever_shown() -> None:
    assert not found(MODULES, lambda path: names(tree(path)) & STOCK)
    assert not found(MODULES, lambda path: tips(tree(path)))
    stock = (
        "from PySide6.QtWidgets import QMenu\nQtWidgets.QFileDialog.getOpenFileName()\nQIcon.fromTheme('x')"
    )
    assert names(ast.parse(stock)) & STOCK == {"QMenu", "QFileDialog", "fromTheme"}
    assert tips(ast.parse("button.setToolTip('x')")) == [1]


def network(module: ast.Module) -> set[str]:
    """What `module` imports or names of the network."""
    used = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    imported = {name for name in imports(module) if name.split(".")[0] in NETWORK or "QtNetwork" in name}
    return imported | used & NETWORK_NAMES


def test_nothing_reaches_for_the_network() -> None:
    assert not found(MODULES, lambda path: network(tree(path)))
    assert network(
        ast.parse("import urllib.request\nfrom http import client\nsocket.socket(socket.AF_INET)")
    ) == {
        *("urllib.request", "http", "http.client", "AF_INET"),
    }


def test_core_reads_no_clock() -> None:
    core = [path for path in MODULES if path.parent.name == "core"]
    assert len(core) > 10
    clocks = ("time", "datetime")
    assert not found(
        core, lambda path: [name for name in imports(tree(path)) if name.split(".")[0] in clocks]
    )


WITHOUT_QT = """
import sys

class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise SystemExit(f"{name} was imported")

sys.meta_path.insert(0, Refuser())
from relief_app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["status", "--json"],
        ["watch"],
        ["pause"],
        ["next"],
        ["extend", "5"],
        ["leg", "left"],
        ["eased"],
    ],
    ids=" ".join,
)
def test_messages_to_the_running_app_need_no_qt(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "no app is running" in done.stderr


def test_the_refuser_refuses() -> None:
    program = WITHOUT_QT.replace("from relief_app", "import PySide6.QtCore\nfrom relief_app")
    done = subprocess.run(
        [sys.executable, "-c", program, "status"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "PySide6 was imported" in done.stderr


VOID_CALLS = """
import sys
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv)
widget = QWidget()
before = sys.getrefcount(None)
for _ in range(20_000):
    widget.update()
lost = before - sys.getrefcount(None)
print("lost", lost)
sys.exit(0 if abs(lost) < 1_000 else 1)
"""


def test_calls_that_return_nothing_lose_no_reference() -> None:
    """PySide6 6.12 on Python below 3.12 loses one reference to None a call, and aborts in the end."""
    done = subprocess.run(
        [sys.executable, "-c", VOID_CALLS, "-platform", "offscreen"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
