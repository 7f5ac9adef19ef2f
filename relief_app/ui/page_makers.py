"""Pages made with what they are handed from outside; the window connects what leads elsewhere."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from relief_app.ui.surroundings import Surroundings
from relief_app.ui.words import structure_name

if TYPE_CHECKING:
    from relief_app.core.anatomy import Structure, StructureFacts
    from relief_app.ui.pages.anatomy import AnatomyPage
    from relief_app.ui.pages.home import HomePage

Facts = Mapping["Structure", "StructureFacts"]


def home_page(around: Surroundings, facts: "Callable[[], Facts]", parent: QWidget) -> "HomePage":
    """The Home page; `facts` are read when a structure is first named."""
    from relief_app.ui.pages.home import HomePage

    page = HomePage(around.plate_of, lambda structure: structure_name(structure, facts()), parent)
    page.leg_chosen.connect(around.choose_leg)
    return page


def anatomy_page(around: Surroundings, facts: "Facts", parent: QWidget) -> "AnatomyPage":
    """The Anatomy page."""
    from relief_app.ui.pages.anatomy import AnatomyPage

    page = AnatomyPage(around.plate_of, facts, around.skin_tone, parent)
    page.leg_chosen.connect(around.choose_leg)
    page.skin_tone_chosen.connect(around.choose_skin_tone)
    return page
