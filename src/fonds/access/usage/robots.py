"""Who is a machine: the list of robots that COUNTER keeps, which every report leaves out."""

from __future__ import annotations

from functools import lru_cache

import counter_robots

_LONGEST = 500  # characters of a user agent that are looked at


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Tell whether a user agent is a crawler or a program; none at all is one."""
    found: bool = counter_robots.is_robot_or_machine(agent[:_LONGEST])
    return found


@lru_cache(maxsize=4096)
def is_crawler(agent: str) -> bool:
    """Tell whether a user agent is a crawler; programs that mine texts are none."""
    machine: bool = counter_robots.is_machine(agent[:_LONGEST])
    return is_robot(agent) and not machine
