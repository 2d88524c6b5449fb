"""What holds for all tests: the names under which they reach an application or a server."""

from __future__ import annotations

import os

os.environ.setdefault("BACKPROPSCOPE_ALLOWED_HOSTS", "testserver,here,course.example")
