"""What differs between two texts of one router: file by file where the text is a bundle."""

from difflib import unified_diff

from hanse.network.values.bundle import NotABundle, parse_bundle


def difference(before: str, after: str) -> str:
    """Return a unified diff; empty: nothing differs. A file that comes or goes is compared with /dev/null."""
    mine, yours = _files(before), _files(after)
    parts = (_one(path, mine.get(path), yours.get(path)) for path in sorted(mine.keys() | yours.keys()))
    return "".join(part for part in parts if part)


def _files(text: str) -> dict[str, str]:
    """Return the files of a bundle by path; a text that is none is one file without a path."""
    try:
        return {file.path: file.text for file in parse_bundle(text)}
    except NotABundle:
        return {"configuration": text}


def _one(path: str, before: str | None, after: str | None) -> str:
    lines = unified_diff(
        (before or "").splitlines(),
        (after or "").splitlines(),
        path if before is not None else "/dev/null",
        path if after is not None else "/dev/null",
        lineterm="",
    )
    return "".join(f"{line}\n" for line in lines)


def counted(diff: str) -> tuple[int, int]:
    """Return how many lines a unified diff adds and removes.

    >>> counted("--- a\\n+++ b\\n@@ -1 +1,2 @@\\n-old\\n+new\\n+more\\n")
    (2, 1)
    """
    lines = diff.splitlines()
    added = sum(line.startswith("+") and not line.startswith("+++ ") for line in lines)
    removed = sum(line.startswith("-") and not line.startswith("--- ") for line in lines)
    return added, removed
