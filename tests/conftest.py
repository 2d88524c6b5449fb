"""What holds for all tests: the names under which they reach an application or a server."""

from __future__ import annotations

import os

from hypothesis import settings

# How long a slow and busy machine takes is not what these tests are about, and the same tests have the same examples
# each time: a new one that fails is looked for on purpose, not met by whoever changes something else.
settings.register_profile("any machine", deadline=None, derandomize=True)
settings.load_profile("any machine")

os.environ.setdefault("BACKPROPSCOPE_ALLOWED_HOSTS", "testserver,here,course.example")
