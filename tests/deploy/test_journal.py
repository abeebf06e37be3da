"""Nothing passes by the journal."""

import pytest

from fakes.journal import FakeJournal
from hanse.deploy.journal import Life, Outcome, recorded
from hanse.deploy.stages import Event, Stage


def test_what_breaks_off_is_put_down_as_lost() -> None:
    life = Life("core1", FakeJournal(stage=Stage.STAGING), Stage.STAGING)

    with pytest.raises(KeyboardInterrupt), recorded(life):
        raise KeyboardInterrupt

    assert life.outcome() == Outcome(
        node="core1", stage=Stage.IN_DOUBT, sentence="the work broke off: KeyboardInterrupt: "
    )


def test_what_breaks_off_after_the_end_changes_nothing() -> None:
    life = Life("core1", FakeJournal())
    life.move(Event.DISCARDED, "not begun")

    with pytest.raises(ValueError, match="late"), recorded(life):
        raise ValueError("late")

    assert life.outcome() == Outcome(node="core1", stage=Stage.DISCARDED, sentence="not begun")


@pytest.mark.parametrize("stage", Stage)
def test_an_outcome_is_well_or_harm_or_neither_and_never_both(stage: Stage) -> None:
    outcome = Outcome(node="core1", stage=stage, sentence="")

    assert not (outcome.is_well and outcome.is_harm)
    assert (outcome.is_well or outcome.is_harm) == (stage not in {Stage.REFUSED, Stage.DISCARDED})
