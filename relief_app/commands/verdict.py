"""What the safety profile allows at this moment, for the commands that ask."""

import time

from relief_app.commands.output import complain
from relief_app.commands.wording import load_problem_line
from relief_app.core.gates import Verdict
from relief_app.storage.paths import find_paths
from relief_app.storage.profile import ProfileFile, Safety


def verdict_now() -> Verdict:
    """The verdict; where a file cannot be used, that is told and the cautious one holds."""
    safety = Safety(ProfileFile(find_paths().profile), time.time)
    found, problem = safety.verdict(), safety.take_problem()
    if problem is not None:
        complain(f"{load_problem_line(problem)}; no safety question counts as answered")
    return found
