"""A person's data in their own hands: where it lies, a copy of it, a copy back, and gone."""

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.archives import ArchiveRefused, DataInUse
from relief_app.ports import NotKept
from relief_app.ui import problem_words
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.widgets.button_grid import ButtonGrid
from relief_app.ui.widgets.themed import target_side
from relief_app.ui.widgets.touch_button import Weight
from relief_app.ui.widgets.touch_field import TouchField

if TYPE_CHECKING:
    from relief_app.ports import SettingsDesk

GAP = 8


class Job(Enum):
    """What the page is about; the last two are asked a second time."""

    WHERE = "where"
    BACKUP = "backup"
    RESTORE = "restore"
    ERASE = "erase"
    RESTORE_SURE = "restore_sure"
    ERASE_SURE = "erase_sure"


NAMED = (Job.BACKUP, Job.RESTORE)
"""Jobs that need the name of a file."""


class OwnDataPage(ListPage):
    """One job at a time. What cannot be taken back is asked twice, the second time the other way round."""

    def __init__(self, desk: "SettingsDesk", parent: QWidget | None = None) -> None:
        super().__init__("own_data_page", parent)
        self._desk = desk
        self._job = Job.WHERE
        self._field = TouchField("archive_field", self.tr("File of the archive"), self)
        self._field.setAccessibleDescription(self.tr("A file with its folder."))
        self._field.returnPressed.connect(self._go_on)
        self._found = ButtonGrid("archives_view", self)
        self._yes = self.add_button("data_yes_button", "", self._carry_out, Weight.WARNING)
        self._back = self.add_button("data_back_button", self.tr("Back"), self._go_back)
        self._next = self.add_button("data_go_on_button", "", self._go_on)

    def begin(self, job: str) -> None:
        """Show the job `job`: where, backup, restore or erase."""
        found = self._desk.archives() if job == Job.RESTORE.value else ()
        if job == Job.BACKUP.value:
            self._field.setText(str(self._desk.new_archive()))
        elif job == Job.RESTORE.value:
            self._field.setText(str(found[0]) if found else "")
        self._offer(found)
        self._go_to(Job(job))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; arrows and Page keys scroll."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def arrange(self) -> None:
        """The name of the file on top, what else there is below it."""
        super().arrange()
        body = self.list.geometry()
        if self._job not in NAMED:
            return
        high = target_side(self.height())
        self._field.setGeometry(body.x(), body.y(), body.width(), high)
        rest = body.adjusted(0, high + GAP, 0, 0)
        self._found.setGeometry(rest)
        self.list.setGeometry(rest)

    # How it works inside

    def _go_to(self, job: Job, said: str = "") -> None:
        self._job = job
        heading, line, go_on, yes = self._words()
        self.heading.setText(heading)
        self.line.setText(said or line)
        for button, words in ((self._next, go_on), (self._yes, yes)):
            button.set_words(words)
            button.setVisible(bool(words))
            # One that moved under the pointer would stay shaded, as if it were the answer.
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
        self._back.set_words(self.tr("Keep it as it is") if yes else self.tr("Back"))
        self._field.setVisible(job in NAMED)
        self._found.setVisible(job is Job.RESTORE)
        self.list.setVisible(job is not Job.RESTORE)
        self.list.set_entries(self._entries())
        self.arrange()
        self.setAccessibleName(f"{self.heading.text()}. {self.line.text()}")
        self.setFocus()

    def _words(self) -> tuple[str, str, str, str]:
        """Heading, line, and what the buttons that go on and carry out say; "" where there is none."""
        file = self._field.text().strip()
        return {
            Job.WHERE: (self.tr("Where it lies"), self.tr("Nothing leaves this computer."), "", ""),
            Job.BACKUP: (
                self.tr("Back up"),
                self.tr("Settings, answers, own routines and diary go into one new file."),
                self.tr("Back up"),
                "",
            ),
            Job.RESTORE: (
                self.tr("Restore"),
                self.tr("Which archive? Type its name, or press one that was found."),
                self.tr("Restore…"),
                "",
            ),
            Job.ERASE: (
                self.tr("Erase everything?"),
                self.tr("Settings, answers, reported signs, own routines and diary, for good."),
                self.tr("Erase everything…"),
                "",
            ),
            Job.RESTORE_SURE: (self.tr("Really restore?"), file, "", self.tr("Yes, restore")),
            Job.ERASE_SURE: (
                self.tr("Really erase everything?"),
                self.tr("This cannot be taken back."),
                "",
                self.tr("Yes, erase now"),
            ),
        }[self._job]

    def _entries(self) -> list[tuple[str, str]]:
        if self._job in (Job.WHERE, Job.ERASE):
            return self._kept()
        if self._job is Job.RESTORE_SURE:
            said = self.tr("What is kept now is put aside in an archive of its own. The window opens anew.")
            return [(self.tr("It takes the place of all that is kept."), said)]
        if self._job is Job.ERASE_SURE:
            said = self.tr("When the next pack is allowed, is forgotten too: wait as you were told.")
            return [(self.tr("Nothing of it stays on this computer. The window opens anew."), said)]
        return []

    def _kept(self) -> list[tuple[str, str]]:
        try:
            files = self._desk.kept_files()
        except OSError as error:
            text = self.tr("This folder cannot be read: %1")
            return [(text.replace("%1", str(error.filename)), "")]
        size = self.tr("%1 bytes")
        entries = [(str(path), size.replace("%1", str(bytes_))) for path, bytes_ in files]
        return entries or [(self.tr("Nothing is kept."), "")]

    def _offer(self, files: Sequence[Path]) -> None:
        names = (f"archive_{number}_button" for number in range(len(files)))
        choices = [
            (name, str(path), False, self._pick(path)) for name, path in zip(names, files, strict=True)
        ]
        self._found.set_choices(choices)

    def _pick(self, path: Path) -> Callable[[], None]:
        return lambda: self._field.setText(str(path))

    def _go_back(self) -> None:
        before = {Job.RESTORE_SURE: Job.RESTORE, Job.ERASE_SURE: Job.ERASE}.get(self._job)
        self.closed.emit() if before is None else self._go_to(before)

    def _go_on(self) -> None:
        if self._job is Job.ERASE:
            self._go_to(Job.ERASE_SURE)
        elif self._job in NAMED and not self._field.text().strip():
            self._go_to(self._job, self.tr("First name a file."))
        elif self._job is Job.RESTORE:
            self._go_to(Job.RESTORE_SURE)
        elif self._job is Job.BACKUP:
            self._back_up(self._file())

    def _file(self) -> Path:
        return Path(self._field.text().strip()).expanduser()

    def _back_up(self, file: Path) -> None:
        try:
            self._desk.back_up(file)
        except FileExistsError:
            self._go_to(Job.BACKUP, self.tr("There is a file of this name already; nothing was overwritten."))
        except (ArchiveRefused, NotKept, ValueError) as problem:
            self._go_to(Job.BACKUP, self._why_not(problem))
        else:
            self._go_to(Job.WHERE, self.tr("Backed up: %1").replace("%1", str(file)))

    def _carry_out(self) -> None:
        before = Job.ERASE if self._job is Job.ERASE_SURE else Job.RESTORE
        try:
            self._desk.erase() if before is Job.ERASE else self._desk.restore(self._file())
        except (ArchiveRefused, DataInUse, ValueError) as problem:
            self._go_to(before, self._why_not(problem))

    def _why_not(self, problem: Exception) -> str:
        """What kept the job from being done; nothing was changed."""
        if isinstance(problem, ArchiveRefused):
            return problem_words.no_archive(problem)
        if isinstance(problem, NotKept):
            return problem_words.not_kept(problem)
        if isinstance(problem, DataInUse):
            return self.tr("Not while a session runs or a pack is on. Nothing was changed.")
        return self.tr("This is no name for a file.")
