"""`settings list|get|set|reset`: file jobs on the settings file."""

import json
from collections.abc import Callable

from relief_app.commands.client import send
from relief_app.commands.output import DONE, FAILED, complain, say
from relief_app.commands.wording import load_problem_line, not_kept_line, plain, refusal_line
from relief_app.core.preferences import Settings
from relief_app.core.refusal import Refusal, RefusalCode
from relief_app.ports import NotKept, ProblemCode
from relief_app.storage.paths import find_paths
from relief_app.storage.settings import (
    KEYS,
    SettingRefused,
    SettingsFile,
    setting_text,
    with_setting,
    without_setting,
)


def list_settings(*, as_json: bool) -> int:
    """Print every setting; where the file cannot be used, that is told and the defaults are printed."""
    settings, _ = _load(SettingsFile(find_paths().settings_file))
    if as_json:
        say(json.dumps(settings._asdict(), indent=2))
    else:
        for key in KEYS:
            say(f"{key} = {setting_text(settings, key)}")
    return DONE


def get(key: str) -> int:
    """Print one setting."""
    settings, _ = _load(SettingsFile(find_paths().settings_file))
    try:
        say(setting_text(settings, key))
    except SettingRefused as refused:
        return _fail(_line(refused.refusal))
    return DONE


def set_value(key: str, value: str) -> int:
    """Change one setting."""
    return _change(lambda settings: with_setting(settings, key, value))


def reset(key: str) -> int:
    """Bring one setting back to its default."""
    return _change(lambda settings: without_setting(settings, key))


def tell_app() -> None:
    """Have the running app take up what was changed; where none runs there is nothing to do."""
    send({"command": "settings"})


def _change(change: Callable[[Settings], Settings]) -> int:
    file = SettingsFile(find_paths().settings_file)
    try:
        change(Settings())  # a wrong key or value is refused before anything is read or set aside
        settings, problem = _load(file)
        if problem is ProblemCode.UNREADABLE:
            return FAILED  # saving would put defaults in place of what could only not be read
        file.save(change(settings))
    except SettingRefused as refused:
        return _fail(_line(refused.refusal))
    except NotKept as refused:
        return _fail(not_kept_line(refused))
    return DONE


def _load(file: SettingsFile) -> tuple[Settings, ProblemCode | None]:
    """The settings, and what was wrong with their file, which has been told."""
    settings, problem = file.load(), file.take_problem()
    if problem is not None:
        complain(load_problem_line(problem))
    return settings, None if problem is None else problem.code


def _line(refusal: Refusal) -> str:
    if refusal.code is RefusalCode.UNKNOWN_KEY:
        return f'there is no setting "{plain(refusal.field)}"; there are: {", ".join(KEYS)}'
    return refusal_line("", refusal)


def _fail(line: str) -> int:
    complain(line)
    return FAILED
