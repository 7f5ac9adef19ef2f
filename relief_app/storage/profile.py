"""The safety profile on disk, readable by its owner only, and the verdict that follows from it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relief_app.core.gates import CAUTIOUS, Gate, Verdict, verdict
from relief_app.core.profile import Answer, Profile
from relief_app.core.refusal import RoutineRefused
from relief_app.core.safety import LOST_SIGN, sign_gate
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode, ProfileStore
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.atomic import alone_in, not_kept, shut_dir
from relief_app.storage.fields import (
    FORMAT,
    Check,
    Field,
    check_field,
    check_format,
    mapping,
    number,
    one_of,
    read_table,
)
from relief_app.storage.gates import key_name, read_gates
from relief_app.storage.json_files import JsonFile, parse_json
from relief_app.storage.red_flags import read_red_flags

if TYPE_CHECKING:
    from datetime import date

CREAM_USED, BAD_REACTION = "cream_used_at", "bad_reaction"
"""Gates that a pack's own questions answer."""
_OURS = frozenset({"format", "answers", "facts"})


class ProfileFile:
    """The profile in a JSON file; fits `relief_app.ports.ProfileStore`."""

    def __init__(self, path: Path, today: "Callable[[], date] | None" = None) -> None:
        self.path = path
        self._file = JsonFile(path, today)

    def load(self) -> Profile:
        """The profile kept. A damaged file is set aside, and nothing counts as answered."""
        return self._file.load(_decode) or Profile()

    def save(self, profile: Profile) -> None:
        """Keep `profile`, and what a newer version put beside it. Raises NotKept."""
        strange = {key: value for key, value in self._file.peek().items() if key not in _OURS}
        answers = {key: str(answer) for key, answer in profile.answers.items()}
        content = strange | {"format": FORMAT, "answers": answers, "facts": dict(profile.facts)}
        self._close_folder()
        self._file.save(content, durable=True)

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        return self._file.take_problem()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers out meanwhile, so that no answer is lost between a load and a save.

        Raises NotKept where there is no place for the file.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(alone_in(self.path.parent))
            except OSError as error:
                raise not_kept(self.path, error) from error
            yield

    def _close_folder(self) -> None:
        """Shut a folder that something else made and left open to others."""
        try:
            shut_dir(self.path.parent)
        except OSError as error:
            raise not_kept(self.path, error) from error


class Safety:
    """What may be offered now; fits `relief_app.ports.SafetySource` and `SafetyQuestions`."""

    def __init__(
        self,
        profile: ProfileStore,
        wall_s: Callable[[], float],
        *,
        find_asset: Callable[..., Path] = asset_path,
    ) -> None:
        self._profile = profile
        self._wall_s = wall_s
        self._find_asset = find_asset
        self._problem: LoadProblem | None = None
        self._unsaved: dict[str, tuple[Answer, Answer]] = {}
        """Answers that could not be written, by key: what the file said then, and what was answered."""
        self._unsaved_signs: dict[str, float] = {}
        """Reported signs that could not be written, by code, with their Unix seconds."""

    @cached_property
    def gates(self) -> tuple[Gate, ...] | None:
        """The table of gates, None where it cannot be read."""
        try:
            return read_gates(find_asset=self._find_asset)
        except (AssetMissing, RoutineRefused):
            self._problem = LoadProblem(ProblemCode.UNREADABLE, Path("gates.toml"))
            return None

    @cached_property
    def signs(self) -> tuple[Gate, ...] | None:
        """The red flags as gates, None where their table cannot be read."""
        try:
            return tuple(map(sign_gate, read_red_flags(find_asset=self._find_asset)))
        except (AssetMissing, RoutineRefused):
            return None

    def verdict(self) -> Verdict:
        """The verdict on the profile as it is on disk now; the cautious one where a file cannot be used."""
        profile, gates = self.profile(), self.gates
        asked = CAUTIOUS if gates is None else verdict(gates, profile, self._wall_s())
        return Verdict(asked.reasons + self._verdict_on_signs(profile).reasons)

    def _verdict_on_signs(self, profile: Profile) -> Verdict:
        """What the reported signs forbid: everything where they cannot be looked up.

        Their table is read only where something was reported: `now` is in a hurry.
        """
        yes = {key for key, answer in profile.answers.items() if answer is Answer.YES}
        if not (profile.facts.keys() | yes) - {gate.key for gate in self.gates or ()}:
            return Verdict()
        if self.signs is None:
            return Verdict((LOST_SIGN,))
        return verdict(self.signs, profile, self._wall_s())

    def profile(self) -> Profile:
        """The answers on disk now, and those of this run that could not be written."""
        profile = self._profile.load()
        self._problem = self._profile.take_problem() or self._problem
        return self._with_unsaved(profile)

    def answer(self, key: str, answer: Answer) -> None:
        """Keep one answer at once, and what could not be kept before; raises NotKept.

        What is not kept counts for this run, as long as nobody else changes that answer on disk.
        """
        self._unsaved[key] = (self._profile.load().answer(key), answer)
        self._keep()

    def report(self, code: str) -> None:
        """Keep that the sign `code` is seen or felt now; raises NotKept, and then it counts for this run."""
        self._unsaved_signs[code] = self._wall_s()
        self._keep()

    def clear(self, code: str) -> None:
        """A clinician has looked at the sign `code`; raises NotKept, and then it stays reported."""
        unsaved = dict(self._unsaved_signs)
        self._unsaved_signs.pop(code, None)
        try:
            self._keep(lambda profile: profile.with_fact(code, None).with_answer(code, Answer.NO))
        except NotKept:
            self._unsaved_signs = unsaved
            raise

    def _keep(self, change: Callable[[Profile], Profile] = lambda profile: profile) -> None:
        """Write the profile with `change`, and with all that could not be written before."""
        with self._profile.alone():
            profile = self._profile.load()
            problem = self._profile.take_problem()
            self._problem = problem or self._problem
            if problem is not None and problem.code is ProblemCode.UNREADABLE:
                # Saving would put one answer in place of all that could only not be read.
                raise NotKept(problem.path, NotKeptReason.OTHER)
            self._profile.save(change(self._with_unsaved(profile)))
        self._unsaved.clear()
        self._unsaved_signs.clear()

    def note_cream(self) -> None:
        """A cream was used within the last day: heat is locked for a day from now. Raises NotKept."""
        with self._profile.alone():
            self._profile.save(self._profile.load().with_fact(CREAM_USED, self._wall_s()))

    def note_reaction(self) -> None:
        """The skin did not take a pack well: that counts as an earlier bad reaction. Raises NotKept."""
        self.answer(BAD_REACTION, Answer.YES)

    def _with_unsaved(self, profile: Profile) -> Profile:
        for key, (before, answer) in self._unsaved.items():
            if profile.answer(key) is before:
                profile = profile.with_answer(key, answer)
        for code, at_s in self._unsaved_signs.items():
            profile = profile.with_fact(code, at_s)
        return profile

    def take_problem(self) -> LoadProblem | None:
        """Which file could not be used, once."""
        problem, self._problem = self._problem, None
        return problem


def read_profile(data: bytes) -> Profile:
    """The profile in a file's bytes; raises ValueError, RecursionError or FieldRefused."""
    return _decode(parse_json(data))


def _decode(raw: dict[str, object]) -> Profile:
    check_format(raw)
    ours = {key: value for key, value in raw.items() if key in _OURS}
    values = read_table(ours, _FIELDS)
    del values["format"]
    return Profile(**values)


def _by_key(check: Check) -> Check:
    """A check for a table of gates' keys whose values pass `check`."""

    def check_all(value: object) -> dict[str, Any]:
        return {key_name(key): check_field(key, check, found) for key, found in mapping(value).items()}

    return check_all


_FIELDS = {
    "format": Field(lambda value: value, required=True),
    "answers": Field(_by_key(one_of(Answer)), required=True),
    "facts": Field(_by_key(number(0, 1e12))),
}
