"""A window to try the private desktop with: it counts keys in its title, and `q` ends it with status 7."""

import sys

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel


class Sample(QLabel):
    """Shows how many keys were pressed."""

    def __init__(self) -> None:
        super().__init__("0 keys")
        self.setStyleSheet("background: #102030; color: #f0f0f0; font-size: 40px")
        self.setWindowTitle("0 keys")
        self._count = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Count, or end."""
        self._count += 1
        self.setWindowTitle(f"{self._count} keys, last {event.text()!r}")
        if event.text() == "q":
            QApplication.exit(7)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Sample()
    window.resize(400, 300)
    window.show()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    sys.exit(application.exec())
