"""What runs against what was installed."""

from hanse.monitor.drift import drift


def test_nobody_touched_it() -> None:
    assert drift("core1", installed="a\nb\n", running="a\nb\n") == ""


def test_a_change_by_hand_is_shown_as_a_diff() -> None:
    shown = drift("core1", installed="a\nb\n", running="a\nc\n")

    assert shown == "--- core1: last installed\n+++ core1: running\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
