"""What is wrong with what is wanted: where, and a sentence that says how to mend it."""

from dataclasses import dataclass

from hanse.network.errors import WantedError

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One contradiction. `path` leads to the object and field: ("links", "ring-1", "ends", "0")."""

    path: Path
    sentence: str

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}: {self.sentence}" if self.path else self.sentence


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text: the file's name, and the line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Contradictory(WantedError):
    """What is wanted cannot be: all problems at once, in the order of the text where there is one."""

    def __init__(self, problems: tuple[Problem, ...], marks: dict[Path, Mark] | None = None) -> None:
        self.problems = problems
        self.marks = marks or {}
        super().__init__("\n".join(located(problem, self.marks) for problem in problems))


def place_of(path: Path, marks: dict[Path, Mark]) -> Mark | None:
    """Return the place of `path`, or of the nearest object around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in marks:
            return marks[path[:length]]
    return None


def located(problem: Problem, marks: dict[Path, Mark]) -> str:
    """Return `file:line: path: sentence`, as an editor's error list reads it; without a place, path and sentence."""
    mark = place_of(problem.path, marks)
    if mark is None:
        return str(problem)
    return f"{mark}: {problem.sentence if problem.path == (mark.file,) else problem}"


def in_order(problems: tuple[Problem, ...], marks: dict[Path, Mark]) -> tuple[Problem, ...]:
    """Return `problems` once each, by file and line, those without a place first."""
    nowhere = Mark("", 0)
    return tuple(sorted(set(problems), key=lambda problem: (place_of(problem.path, marks) or nowhere, problem)))
