"""What each control does, or why it cannot be pressed, in one sentence; by its object name."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from relief_app.ui.widgets.flag_list import Paragraph
from relief_app.ui.widgets.setting_row import SettingRow
from relief_app.ui.widgets.touch_button import LONGEST_KEY, TouchButton

ANSWERS = ("yes_button", "no_button", "unsure_button")
"""To a safety question. Pressed, they are the next question's: to call that "not selected" would mislead."""


def description_of(widget: QWidget) -> str:
    """What to say of `widget` after its name."""
    own = widget.accessibleDescription()
    if own:
        return own
    if isinstance(widget, TouchButton):
        return _of_button(widget)
    if widget.objectName() in _pages() or widget.objectName().endswith("_page"):
        return _of_page(widget)
    return _buttons().get(widget.objectName(), "")


def _of_button(button: TouchButton) -> str:
    name = button.objectName()
    if not button.isEnabled():
        return _why_not(name)
    if isinstance(button.parentWidget(), SettingRow):
        return _of_setting(button)
    told = _buttons().get(name) or _of_family(name)
    if name in ANSWERS and button.isChecked():
        told = f"{_tr('Your answer so far.')} {told}"
    # A second line too long for a key says how else it is pressed.
    hint = button.hint if len(button.hint.partition(":")[0]) > LONGEST_KEY else ""
    return f"{told} {hint}".strip()


def _of_setting(button: TouchButton) -> str:
    name = button.objectName()
    if name.endswith("reset_button"):
        return _tr("Back to the usual.")
    if button.isCheckable():
        return _tr("Takes effect at once.")
    return _buttons().get(name, "")


def _of_family(name: str) -> str:
    families = {
        "sign_": _tr("Shows what to do now, and keeps that you pressed it."),
        "country_": _tr("Calls here in an emergency."),
        "archive_": _tr("Takes this archive."),
        "set_": _tr("Takes effect at once."),
    }
    return next((told for start, told in families.items() if name.startswith(start)), "")


def _why_not(name: str) -> str:
    if name == "pack_no_button":
        return _tr("Cannot be pressed before a test sound was played.")
    return _tr("Not now: the session is over.")


def _of_page(page: QWidget) -> str:
    """What stands in its lists, and the keys to know."""
    lists = [part for part in page.findChildren(QAbstractScrollArea) if part.isVisible()]
    parts = [each.accessibleName() for area in lists for each in area.findChildren(Paragraph)]
    keys = _pages().get(page.objectName(), "")
    return " ".join([*(f"{part.rstrip('. ')}." for part in parts), keys]).strip()


def _buttons() -> dict[str, str]:
    return {**_relief(), **_doors(), **_packs(), **_anatomy(), **_care(), **_data()}


def _pages() -> dict[str, str]:
    return {
        "home_page": _tr("Enter starts relief in bed, S standing. Question mark lists all keys."),
        "guide_page": _tr("Tab goes through the buttons. Question mark lists all keys."),
        "anatomy_page": _tr("Arrow keys walk from structure to structure."),
        "bedside_page": _tr("Relief in bed, on the last leg."),
        "pack_alarm_page": _tr("Hold Enter for a second once the pack is off."),
        "pack_panel": _tr("1 and 2 answer."),
        "pack_questions_page": _tr("1 and 2 answer, Escape leaves without a pack."),
        "cramping_page": _tr("1 and 2 choose."),
        "morning_page": _tr("1 and 2 answer, Escape is not now. C starts relief in bed."),
        "something_wrong_page": _tr("Arrow keys go through the signs. Escape leads back."),
        "safety_questions_page": _tr("Y is yes, N is no, U is not sure."),
    }


def _relief() -> dict[str, str]:
    return {
        "cramp_now_button": _tr("Starts relief in bed at once, on the chosen leg."),
        "cramp_standing_button": _tr("Starts relief standing at once, on the chosen leg."),
        "eased_button": _tr("Ends the stretch, or takes it up again."),
        "something_wrong_button": _tr("The emergency number and the warning signs."),
        "pause_button": _tr("Time stands still, or runs on."),
        "back_button": _tr("One step back."),
        "next_button": _tr("On to the next step."),
        "extend_button": _tr("Makes this step longer."),
        "other_leg_button": _tr("Goes on with the other leg; no time is lost."),
        "night_button": _tr("Red on black, or back."),
        "mute_button": _tr("Sounds off, or on again. The alarm of a pack stays."),
        "full_screen_button": _tr("The whole screen, or a window again."),
        "help_button": _tr("The list of all keys."),
        "leave_button": _tr("Leaves; what runs is kept and offered again."),
        "go_on_button": _tr("Goes on with the kept session."),
        "let_be_button": _tr("Forgets the kept session."),
        "end_session_button": _tr("Ends what runs."),
        "wrong_eased_button": _tr("The cramp is over: the alarm ends."),
    }


def _doors() -> dict[str, str]:
    return {
        "safety_questions_button": _tr("Unlocks massage and standing stretches."),
        "settings_button": _tr("Theme, sounds, voice, emergency number, data."),
        "bedtime_button": _tr("Starts the stretches before bed."),
        "micro-break_button": _tr("Starts a short break from sitting."),
        "post-run_button": _tr("Starts relief or a cool-down, as you answer."),
        "bedside_button": _tr("A black screen on which any key starts relief."),
        "heat_button": _tr("Asks a few questions, then guides a heat pack."),
        "ice_button": _tr("Asks a few questions, then guides an ice pack."),
        "massage_button": _tr("Starts the massage."),
        "demonstration_button": _tr("Starts the demonstration."),
        "anatomy_button": _tr("The calf, structure by structure."),
        "cramping_now_button": _tr("Starts relief at once."),
        "cool_down_button": _tr("Starts the stretches after a run."),
        **dict.fromkeys(("doors_back_button", "cramping_back_button"), _tr("To the first page.")),
        **dict.fromkeys(("settings_back_button", "questions_done_button"), _tr("To the first page.")),
        **dict.fromkeys(("country_back_button", "data_back_button"), _tr("To the settings.")),
        **dict.fromkeys(("keys_back_button", "wrong_back_button"), _tr("To where you came from.")),
    }


def _packs() -> dict[str, str]:
    answer = _tr("Answers the question; the next one follows.")
    return {
        **dict.fromkeys(("pack_no_button", "pack_yes_button"), answer),
        "test_sound_button": _tr("Plays the test sound again."),
        "pack_leave_button": _tr("Leaves the questions; no pack is put on."),
        "pack_home_button": _tr("To the first page."),
        "pack_off_button": _tr("Asks you to take the pack off."),
        "acknowledge_button": _tr("Says that the pack is off the skin; its alarm and its time end."),
        "still_on_button": _tr("The pack stays on, its time goes on."),
        "skin_fine_button": _tr("The session goes on."),
        "skin_not_fine_button": _tr("The pack has to come off at once."),
        "pack_done_button": _tr("To the first page."),
    }


def _anatomy() -> dict[str, str]:
    return {
        "calf_view": _tr("Opens the anatomy."),
        "view_posterior_button": _tr("Shows the calf from behind."),
        "view_medial_button": _tr("Shows the calf from the inside."),
        "leg_left_button": _tr("Everything that follows is about the left leg."),
        "leg_right_button": _tr("Everything that follows is about the right leg."),
        "no_press_button": _tr("Marks what is never massaged, and says why."),
        "skin_tone_button": _tr("The next tone of the figures' skin."),
        "move_button": _tr("The leg that knee and ankle sliders move, in place of the plate."),
    }


def _care() -> dict[str, str]:
    answer = _tr("Keeps the answer; the next question follows.")
    return {
        **dict.fromkeys(("yes_button", "no_button", "unsure_button"), answer),
        "questions_back_button": _tr("To the question before."),
        "skip_button": _tr("Leaves the rest unanswered: it counts as cautiously as can be."),
        "more_questions_button": _tr("Asks what is left."),
        "none_of_these_button": _tr("What to do where none of the signs fits."),
        "other_signs_button": _tr("Back to the signs."),
        "morning_no_button": _tr("Nothing changes."),
        "morning_yes_button": _tr("Shows what to do now, or what is not offered today."),
        "morning_later_button": _tr("Leaves it unanswered."),
        "mistake_button": _tr("Takes the report back."),
        "clinician_button": _tr("Asks once more, and then forgets the report."),
        "clinician_yes_button": _tr("Forgets the report."),
        "clinician_no_button": _tr("The report stays."),
    }


def _data() -> dict[str, str]:
    return {
        "country_button": _tr("Chooses whom to call in an emergency."),
        "country_none_button": _tr("No number is shown until you choose one."),
        "own_number_button": _tr("Takes the number that was typed."),
        "settings_questions_button": _tr("What decides on massage, packs and standing stretches."),
        "settings_help_button": _tr("The list of all keys, and what this program is."),
        "data_where_button": _tr("Lists the files that are kept."),
        "data_backup_button": _tr("Puts all that is kept into one file."),
        "data_restore_button": _tr("Takes an archive in place of all that is kept."),
        "data_erase_button": _tr("Erases all that is kept; asks before."),
        "data_go_on_button": _tr("Goes on; what cannot be taken back is asked once more."),
        "data_yes_button": _tr("Does it now."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("accessible", text)
