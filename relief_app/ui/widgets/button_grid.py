"""Buttons to choose from, in as many columns as their words allow; they scroll."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.scrolled import Scrolled
from relief_app.ui.widgets.themed import target_side
from relief_app.ui.widgets.touch_button import TouchButton

GAP = 8


class ButtonGrid(Scrolled):
    """All of one size; the choice is checked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._buttons: list[TouchButton] = []

    def set_choices(self, choices: Sequence[tuple[str, str, bool, Callable[[], object]]]) -> None:
        """Show (object name, words, whether it is the choice, what pressing does)."""
        for old in self._buttons:
            old.setParent(None)
            old.deleteLater()
        self._buttons = [self._button(*choice) for choice in choices]
        self.set_theme(self.theme)
        self.restack()

    def stack(self, width: int) -> int:
        """Columns as wide as the longest words, filled row by row."""
        if not self._buttons:
            return 0
        high = target_side()
        wish = max(button.sizeHint().width() for button in self._buttons)
        columns = max((width + GAP) // (wish + GAP), 1)
        each = (width - GAP * (columns - 1)) // columns
        for number, button in enumerate(self._buttons):
            row, column = divmod(number, columns)
            button.setGeometry(column * (each + GAP), row * (high + GAP), each, high)
        return -(-len(self._buttons) // columns) * (high + GAP) - GAP

    def _button(self, name: str, words: str, chosen: bool, action: Callable[[], object]) -> TouchButton:
        button = TouchButton(name, words, parent=self.ground)
        button.setCheckable(chosen)
        button.setChecked(chosen)
        button.clicked.connect(lambda: action())
        button.show()
        return button
