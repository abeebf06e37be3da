"""What a router runs against what was last installed there."""

from difflib import unified_diff


def drift(node: str, *, installed: str, running: str) -> str:
    """Return a unified diff from `installed` to `running`, secrets by name in both; empty: nobody has touched it."""
    lines = unified_diff(
        installed.splitlines(),
        running.splitlines(),
        f"{node}: last installed",
        f"{node}: running",
        lineterm="",
    )
    return "".join(f"{line}\n" for line in lines)
