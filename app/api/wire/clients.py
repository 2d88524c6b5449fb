"""Whose request it is, as far as a server without accounts can tell."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address

from starlette.types import Scope

NETWORK_BITS = 64
"""Of an IPv6 address, what its network gives a household or a machine; the rest is the machine's to choose."""


def client_of(scope: Scope) -> str:
    """The address that a request comes from; behind a proxy that is believed, the one that the proxy names.

    An IPv6 address stands for its network of 64 bits, since each machine there may use any of its addresses.
    """
    client = scope.get("client")
    if client is None:
        return ""
    address = str(client[0])
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> NETWORK_BITS << NETWORK_BITS)}/{NETWORK_BITS}"
