"""No state is shown without being told how it is to be taken."""

from enum import StrEnum

import pytest

from hanse.deploy.stages import Stage
from hanse.monitor.cabling import Cabled
from hanse.monitor.compare import Condition
from hanse.network.seen.bgp import BgpState
from hanse.network.seen.device import OspfState
from hanse.network.wanted.nodes import NodeStatus
from hanse.network.wanted.sessions import SessionStatus
from hanse.store.alert_states import AlertState, DeliveryState
from hanse.store.draft_states import DraftState
from hanse.store.job_states import JobState
from hanse.web.pages.tones import TONES, Tone, tone_of

KINDS = (
    AlertState, BgpState, Cabled, Condition, DeliveryState, DraftState, JobState, NodeStatus, OspfState, SessionStatus,
    Stage,
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_has_a_tone(kind: type[StrEnum]) -> None:
    assert [state.value for state in kind if state.value not in TONES] == []


def test_a_word_without_a_tone_tells_nothing() -> None:
    assert tone_of("purple") is Tone.UNKNOWN
