"""What holds the two commands together: pinned dependencies, listed packages, a complete `make help`."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def needed(requirements: list[str], seen: set[str]) -> Iterator[str]:
    """Walk the requirements that hold here, and theirs."""
    for requirement in map(Requirement, requirements):
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if name not in seen:
            seen.add(name)
            yield name
            yield from needed(metadata.requires(name) or [], seen)


def test_every_dependency_is_pinned_to_what_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    installed = {name: metadata.version(name) for name in needed(direct, set())}
    assert installed.items() <= pinned().items()


def test_packages_are_listed_once_in_two_sections() -> None:
    lines = (ROOT / "packaging/system-packages.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert [entry for entry in entries if entry.startswith("[")] == ["[run]", "[test]"]
    assert len(set(entries)) == len(entries)
    assert all(re.fullmatch(r"\[(run|test)\]|[a-z0-9][a-z0-9.+-]+", entry) for entry in entries)


def test_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    listed = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    names = {line.split()[1] for line in listed.splitlines()}
    assert names == {name for name in phony if not name.startswith("set-up-")}
    assert {"run", "test", "demo", "bench", "screenshots"} <= names


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "make" in line and not line.startswith("#")] == ["make test"]
