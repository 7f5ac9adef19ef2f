"""Whether the computer runs on its battery, as the Linux kernel tells; elsewhere nobody knows."""

from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


def on_battery(supplies: Path = SUPPLIES) -> bool:
    """True where a battery of the computer itself is being emptied and nothing is plugged in.

    Mice and keyboards have batteries too ("Device"); a computer without any has none to run on. What is
    missing or cannot be read says nothing.
    """
    own = [supply for supply in _entries(supplies) if _read(supply / "scope") != "Device"]
    if any(_read(supply / "online") == "1" for supply in own):
        return False
    return any(
        _read(supply / "type") == "Battery" and _read(supply / "status") == "Discharging" for supply in own
    )


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
