"""How words are set, as the numbers that Qt's painters and metrics take.

They are members of enums in Qt's namespace `Qt`, and PySide6 makes all of those when `Qt` is first imported:
15 ms, a tenth of the time to a cramp's first cue, which needs but these three.
"""

LEFT = 0x0001
"""Qt.AlignmentFlag.AlignLeft"""
CENTRE = 0x0084
"""Qt.AlignmentFlag.AlignCenter"""
WRAP = 0x1000
"""Qt.TextFlag.TextWordWrap"""
