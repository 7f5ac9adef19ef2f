"""The twin that Relief is measured against: a bare PySide6 window with one label."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(QLabel("Pull your toes toward your shin. Don't point them."))
    window.resize(640, 480)
    window.show()
    sys.exit(application.exec())
