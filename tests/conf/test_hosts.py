"""Under which names the pages answer: never under any."""

from pathlib import Path

from hanse.conf.hosts import allowed_hosts, own_addresses

TRIE = """Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 198.51.100.0
        /24 link UNICAST
     |-- 198.51.100.7
        /32 host LOCAL
     |-- 198.51.100.255
        /32 link BROADCAST
"""
ADDRESSES6 = """20010db8000000000000000000000007 02 40 00 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
"""


def kernel(folder: Path) -> tuple[Path, Path]:
    trie, addresses6 = folder / "fib_trie", folder / "if_inet6"
    trie.write_text(TRIE)
    addresses6.write_text(ADDRESSES6)
    return trie, addresses6


def test_a_machine_is_asked_by_its_own_addresses(tmp_path: Path) -> None:
    assert own_addresses(*kernel(tmp_path)) == ("127.0.0.1", "198.51.100.7", "[2001:db8::7]", "[::1]")


def test_where_there_is_no_such_kernel_there_are_none(tmp_path: Path) -> None:
    assert own_addresses(tmp_path / "no", tmp_path / "nor") == ()


def test_unless_names_are_wanted_it_is_the_machines_name_and_addresses(tmp_path: Path) -> None:
    trie, addresses6 = kernel(tmp_path)

    hosts = allowed_hosts((), "https://hanse.example.net/", trie=trie, addresses6=addresses6, name="desk")

    assert {"desk", "198.51.100.7", "[2001:db8::7]", "localhost", "hanse.example.net"} <= set(hosts)
    assert "*" not in hosts


def test_where_names_are_wanted_only_these_and_loopback_are_left(tmp_path: Path) -> None:
    trie, addresses6 = kernel(tmp_path)

    hosts = allowed_hosts(("hanse.example.net",), "", trie=trie, addresses6=addresses6, name="desk")

    assert hosts == ["127.0.0.1", "[::1]", "hanse.example.net", "localhost"]
