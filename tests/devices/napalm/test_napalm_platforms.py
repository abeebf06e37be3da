from datetime import timedelta
from typing import Any

import napalm
import pytest

from hanse.devices.driver import NotOffered
from hanse.devices.napalm.driver import napalm_kind
from hanse.devices.napalm.platforms import SHIPPED, UndoTimer, UnknownNapalmDriver, platform_of


def without_a_device(driver_name: str) -> Any:
    driver_class = napalm.get_network_driver(driver_name)
    return object.__new__(driver_class)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_says_what_the_driver_says_about_timers(name: str) -> None:
    refused = False
    try:
        without_a_device(name).commit_config(revert_in=60)
    except NotImplementedError:
        refused = True
    except Exception:  # noqa: BLE001  # any other error is about the device that is not there
        pass

    assert refused == (SHIPPED[name].timer is None)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_says_what_the_driver_says_about_messages(name: str) -> None:
    refused = False
    try:
        without_a_device(name).commit_config(message="city-7")
    except NotImplementedError:
        refused = True
    except Exception:  # noqa: BLE001  # any other error is about the device that is not there
        pass

    assert refused == (not SHIPPED[name].takes_message)


def test_every_driver_that_napalm_ships_is_in_the_table() -> None:
    assert set(SHIPPED) == set(napalm.SUPPORTED_DRIVERS) - {"base"}


@pytest.mark.parametrize(
    ("asked", "seconds"), [(1, 60), (60, 60), (61, 120), (119.5, 120)], ids=["1", "60", "61", "119.5"]
)
def test_a_timer_of_minutes_is_rounded_up(asked: float, seconds: int) -> None:
    timer = UndoTimer(unit=timedelta(minutes=1))

    assert timer.at_least(timedelta(seconds=asked)) == timedelta(seconds=seconds)


def test_a_time_beyond_the_devices_timer_is_not_offered() -> None:
    with pytest.raises(NotOffered, match="ends at 2:00:00"):
        UndoTimer(unit=timedelta(minutes=1), longest=timedelta(hours=2)).at_least(timedelta(hours=3))


def test_a_third_partys_timer_counts_only_if_it_can_be_confirmed() -> None:
    assert platform_of("teststub").abilities.undo_timer
    assert not platform_of("teststub_plain").abilities.undo_timer


def test_names_are_read_as_napalm_reads_them() -> None:
    assert platform_of("IOS-XR") is SHIPPED["iosxr"]


def test_an_unknown_driver_names_the_way_to_mend_it() -> None:
    with pytest.raises(UnknownNapalmDriver, match=r"no NAPALM driver 'ioss'.*local_requirements\.txt"):
        napalm_kind("ioss")
