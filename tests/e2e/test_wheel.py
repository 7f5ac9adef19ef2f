"""The built wheel, installed elsewhere and run from elsewhere: nothing of the checkout is near it."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BUILD = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir")
_INSTALL = ("install", "--quiet", "--no-deps", "--no-index", "--no-compile")


@dataclass(frozen=True)
class Installed:
    """A virtual environment with the wheel in it, and a folder to run it from."""

    venv: Path
    home: Path

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run an installed command to its end, without display, bus or any variable of ours."""
        variables = {"HOME": str(self.home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [str(self.venv / "bin" / command[0]), *command[1:]],
            cwd=self.home,
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip([*_BUILD, str(folder), str(ROOT)])
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel into a new environment that borrows the dependencies of the one running now."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin/python"
    _pip(["--python", str(python), *_INSTALL, str(wheel)])
    # A folder named in a .pth file comes after the environment's own, and the .pth files in it are not
    # read: the checkout that is installed there as editable stays out.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    borrowed = venv / "lib" / version / "site-packages/borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(venv, tmp_path_factory.mktemp("elsewhere"))


def test_the_program_and_its_assets_come_from_the_wheel(installed: Installed) -> None:
    code = "from relief_app.storage.assets import asset_path; print(asset_path('exercises.toml'))"
    answer = installed.run("python", "-c", code)
    assert answer.stderr == ""
    assert installed.venv in Path(answer.stdout.strip()).parents


@pytest.mark.parametrize("command", [("relief-app",), ("relief-app-window",), ("python", "-m", "relief_app")])
def test_help(installed: Installed, command: Sequence[str]) -> None:
    answer = installed.run(*command, "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "usage" in answer.stdout.lower()


def test_the_menus_find_entry_description_and_icons(installed: Installed) -> None:
    share, name = installed.venv / "share", "io.github.relief_app.Relief"
    placed = {
        f"applications/{name}.desktop",
        f"metainfo/{name}.metainfo.xml",
        f"icons/hicolor/scalable/apps/{name}.svg",
        f"icons/hicolor/symbolic/apps/{name}-symbolic.svg",
    }
    assert {str(path.relative_to(share)) for path in share.rglob(f"{name}*")} == placed
    entry = (share / f"applications/{name}.desktop").read_text(encoding="utf-8")
    commands = {line.partition("=")[2].split()[0] for line in entry.splitlines() if "Exec=" in line}
    assert all((installed.venv / "bin" / command).is_file() for command in commands)


def test_a_database_is_made_by_the_migrations_in_the_wheel(installed: Installed) -> None:
    code = (
        "from pathlib import Path; from relief_app.storage.stores import Stores;"
        "from relief_app.storage.paths import find_paths; from relief_app.core.exposure import Stamp;"
        "stores = Stores(find_paths(), lambda: Stamp('', 0, 0.0), print);"
        "print(stores.exposures.real.since(0))"
    )
    answer = installed.run("python", "-c", code)
    assert (answer.stdout, answer.stderr) == ("()\n", "")
    assert (installed.home / ".local/share/relief/relief.db").stat().st_mode & 0o777 == 0o600


def test_routines_are_listed(installed: Installed) -> None:
    answer = installed.run("relief-app", "routines", "list", "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "cramp-bed" in {routine["id"] for routine in json.loads(answer.stdout)}


def test_the_calf_is_drawn(installed: Installed) -> None:
    answer = installed.run("relief-app", "draw", "calf", "--view", "posterior", "--out", "calf.svg")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert 'id="soleus"' in (installed.home / "calf.svg").read_text(encoding="utf-8")


def _pip(arguments: Sequence[str]) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
