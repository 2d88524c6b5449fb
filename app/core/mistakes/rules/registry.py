"""All wrong rules by name; an entry is all it takes to add one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .families.gain_rules import GAIN_RULES
from .families.path_rules import PATH_RULES
from .families.slope_rules import SLOPE_RULES
from .families.update_rules import UPDATE_RULES
from .families.upstream_rules import UPSTREAM_RULES
from .rule import Rule

_ALL = (*GAIN_RULES, *SLOPE_RULES, *PATH_RULES, *UPSTREAM_RULES, *UPDATE_RULES)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _ALL})
