"""Pages made with what they are handed from outside, and connected with what they lead to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from relief_app.ui.surroundings import Surroundings
from relief_app.ui.words import structure_name

if TYPE_CHECKING:
    from relief_app.core.anatomy import Structure, StructureFacts
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.pages.anatomy import AnatomyPage
    from relief_app.ui.pages.guide import GuidePage
    from relief_app.ui.pages.home import HomePage
    from relief_app.ui.pages.keys import KeysPage
    from relief_app.ui.pages.safety_questions import SafetyQuestionsPage
    from relief_app.ui.settings_door import SettingsDoor
    from relief_app.ui.wrong_door import WrongDoor

Facts = Mapping["Structure", "StructureFacts"]


def home_page(around: Surroundings, facts: "Callable[[], Facts]", window: "MainWindow") -> "HomePage":
    """The Home page; `facts` are read when a structure is first named."""
    from relief_app.ui.pages.home import HomePage

    page = HomePage(around.plate_of, lambda structure: structure_name(structure, facts()), window)
    page.leg_chosen.connect(around.choose_leg)
    page.routine_wanted.connect(window.start)
    page.bedside_wanted.connect(lambda: window.bedside.enter())
    page.anatomy_wanted.connect(window.show_anatomy)
    page.questions_wanted.connect(window.show_questions)
    page.settings_wanted.connect(window.show_settings)
    page.night_wanted.connect(window.toggle_night)
    page.something_wrong.connect(window.show_wrong)
    page.help_wanted.connect(window.show_keys)
    return page


def anatomy_page(around: Surroundings, facts: "Facts", window: "MainWindow") -> "AnatomyPage":
    """The Anatomy page."""
    from relief_app.ui.pages.anatomy import AnatomyPage

    page = AnatomyPage(around.plate_of, facts, around.skin_tone, window)
    page.leg_chosen.connect(around.choose_leg)
    page.skin_tone_chosen.connect(around.choose_skin_tone)
    page.closed.connect(window.show_home)
    page.demonstration_wanted.connect(lambda: window.start("demonstration"))
    page.night_wanted.connect(window.toggle_night)
    page.something_wrong.connect(window.show_wrong)
    page.help_wanted.connect(window.show_keys)
    return page


def guide_page(around: Surroundings, host: "SessionHost", window: "MainWindow") -> "GuidePage":
    """The Guide page."""
    from relief_app.ui.pages.guide import GuidePage

    page = GuidePage(host, around.plate_of, window)
    page.reduced_motion = around.reduced_motion
    page.something_wrong.connect(window.show_wrong)
    page.night_wanted.connect(window.toggle_night)
    page.help_wanted.connect(window.show_keys)
    return page


def wrong_door(around: Surroundings, host: "SessionHost", window: "MainWindow") -> "WrongDoor":
    """The way into "Something is wrong"."""
    from relief_app.ui.wrong_door import WrongDoor

    door = WrongDoor(host, around, window)
    door.closed.connect(window.back_to_guide_or_home)
    door.ended.connect(window.show_home)
    door.reported.connect(window.sign_reported)
    return door


def keys_page(window: "MainWindow") -> "KeysPage":
    """The list of keys."""
    from relief_app.ui.pages.keys import KeysPage

    page = KeysPage(window)
    page.closed.connect(window.back_to_guide_or_home)
    return page


def questions_page(around: Surroundings, host: "SessionHost", window: "MainWindow") -> "SafetyQuestionsPage":
    """The safety questions."""
    from relief_app.ui.pages.safety_questions import SafetyQuestionsPage

    page = SafetyQuestionsPage(around.questions(), host.routines, window)
    page.closed.connect(window.show_home)
    page.night_wanted.connect(window.toggle_night)
    return page


def settings_door(around: Surroundings, window: "MainWindow") -> "SettingsDoor":
    """The settings and what lies behind them."""
    from relief_app.ui.settings_door import SettingsDoor

    door = SettingsDoor(around.desk(), window)
    door.page_wanted.connect(lambda page: window.show_page(window.keep_page(page)))
    door.page.closed.connect(window.show_home)
    door.page.questions_wanted.connect(window.show_questions)
    door.page.help_wanted.connect(window.show_keys)
    door.page.night_wanted.connect(window.toggle_night)
    return door
