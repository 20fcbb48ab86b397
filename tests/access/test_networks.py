"""Every notation of networks is read, and an address is found in those that hold it."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.access.networks import NetworkInvalid, Networks, read_network

ADDRESSES = st.integers(0, 2**32 - 1).map(IPv4Address)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("193.54.0.0/16", "193.54.255.255", "193.55.0.0"),
        ("192.0.2.1-192.0.2.40", "192.0.2.40", "192.0.2.41"),
        (" 192.0.2.10 - 20 ", "192.0.2.10", "192.0.2.9"),
        ("10.1.*.*", "10.1.200.3", "10.2.0.0"),
        ("10.1.*", "10.1.0.0", "10.0.255.255"),
        ("2001:660::/32", "2001:660:ffff::1", "2001:661::"),
        ("2001:db8::1-2001:db8::ff", "2001:db8::80", "2001:db8::100"),
        ("192.0.2.7", "::ffff:192.0.2.7", "192.0.2.8"),
        ("192.0.2.9/24", "192.0.2.1", "192.0.3.1"),
    ],
)
def test_notations(text: str, inside: str, outside: str) -> None:
    """CIDR, ranges, wildcards, IPv6, single addresses, IPv4 mapped into IPv6."""
    networks = Networks({"here": [read_network(text)]})
    assert networks.institutions(inside) == {"here"}
    assert networks.institutions(outside) == frozenset()


@pytest.mark.parametrize(
    "text", ["", "x", "10.*.1.*", "10.0.0.9-10.0.0.1", "300.1.1.1", "10.0.0.0/40", "1*.2.3.4"]
)
def test_what_is_no_network(text: str) -> None:
    """A wrong notation is refused, not guessed at."""
    with pytest.raises(NetworkInvalid):
        read_network(text)


@settings(deadline=None)
@given(
    st.lists(st.tuples(ADDRESSES, st.integers(8, 32)), max_size=12),
    st.lists(ADDRESSES, min_size=1, max_size=20),
)
def test_bisection_agrees_with_looking_everywhere(
    blocks: list[tuple[IPv4Address, int]], asked: list[IPv4Address]
) -> None:
    """Overlapping networks give every institution that holds the address."""
    texts = {f"u{n}": f"{address}/{size}" for n, (address, size) in enumerate(blocks)}
    networks = Networks({name: [read_network(text)] for name, text in texts.items()})
    for address in [*asked, *(block for block, _ in blocks)]:
        wanted = {
            name
            for name, text in texts.items()
            if ip_address(str(address)) in ip_network(text, strict=False)
        }
        assert networks.institutions(str(address)) == wanted


@pytest.mark.parametrize("address", ["", "unknown", "testclient", "1.2.3", "1.2.3.4; DROP"])
def test_what_is_no_address(address: str) -> None:
    """A forged or broken address belongs to nobody."""
    everywhere = Networks({"all": [read_network("0.0.0.0/0"), read_network("::/0")]})
    assert everywhere.institutions(address) == frozenset()
