"""All wrong rules by name; an entry is all it takes to add one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .gain_rules import GAIN_RULES
from .path_rules import PATH_RULES
from .rule import Rule
from .slope_rules import SLOPE_RULES
from .update_rules import UPDATE_RULES
from .upstream_rules import UPSTREAM_RULES

_ALL = (*GAIN_RULES, *SLOPE_RULES, *PATH_RULES, *UPSTREAM_RULES, *UPDATE_RULES)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _ALL})
