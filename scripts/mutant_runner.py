"""Try each mutant against the tests that reach it; ``scripts.mutants`` starts it where mutmut has put them.

mutmut's own loop starts pytest anew for every mutant, takes the tests in any order, and asks at each call of a function
which mutant it is to be. Here the tests are collected once; each mutant is put in its place in a fork of that process
and meets those tests first that are quick and reach little else. A fork for each test, too, finds out what it reaches:
in one process, what is kept from call to call would hide its function from every test but the first.

What only the import of a module calls, to build a table, is in no test's reach: for such a mutant everything of ours is
imported again, with the mutant in its place from the start.

Hypothesis draws the same examples each time and does not look for the smallest failure: one is enough here.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ORIGINAL = "_mutmut_orig"
FIRST = 3
"""Seconds of processor time that a mutant gets whatever its tests take; above three times that."""

Mutants = dict[str, Callable[..., Any]]
functions: dict[str, Mutants] = {}
"""By module and name: a function as it is, under ORIGINAL, and its mutants."""
from_the_start: list[str] = []
"""The mutant that takes its place before the modules are imported, if there is one."""


def replaceable(mutants: Mutants, is_classmethod: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """mutmut's decorator, which leaves it to that dictionary what is called."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        functions[f"{function.__module__}.{function.__qualname__}"] = mutants

        @wraps(function)
        def call_chosen(*given: Any, **named: Any) -> Any:
            chosen = mutants.get(from_the_start[0].rpartition(".")[2], mutants[ORIGINAL])
            return getattr(chosen, "__func__", chosen)(*given, **named)

        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            return mutants[ORIGINAL](*given, **named)

        @wraps(function)
        def call_of_class(*given: Any, **named: Any) -> Any:
            chosen = mutants[ORIGINAL]
            return getattr(chosen, "__func__", chosen)(*given, **named)

        if from_the_start and from_the_start[0].rpartition(".")[0] == function.__module__:
            return call_chosen
        return call_of_class if is_classmethod else call

    return decorate


def stand_in() -> None:
    """Have the mutated modules import the decorator from here."""
    module = ModuleType("mutmut.mutation.trampoline")
    vars(module).update(wrap_in_trampoline=replaceable, MutantDict=dict)
    sys.modules[module.__name__] = module


def mutants_of(name: str) -> Mutants:
    """The dictionary that a mutant is in."""
    module, _, mutant = name.rpartition(".")
    return next(each for key, each in functions.items() if key.startswith(f"{module}.") and mutant in each)


def note_calls(reached: set[str]) -> None:
    """Have each function note its name when it is first called."""

    def noting(name: str, mutants: Mutants) -> Callable[..., Any]:
        function = mutants[ORIGINAL]
        bare = getattr(function, "__func__", function)

        def first(*given: Any, **named: Any) -> Any:
            reached.add(name)
            mutants[ORIGINAL] = function
            return bare(*given, **named)

        return first

    for name, mutants in functions.items():
        mutants[ORIGINAL] = noting(name, mutants)


def in_a_child(work: Callable[[], tuple[bool, object]]) -> tuple[int, Any]:
    """The exit status of a fork that does the work, 0 if that was good, and what it tells besides."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        status = 2
        try:
            os.close(read)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            good, news = work()
            os.write(write, json.dumps(news).encode())
            status = int(not good)
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        text = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), json.loads(text or "null")


class Quickest:
    """A plugin that keeps the tests it is given, in that order, and has Hypothesis do no more than it must."""

    def __init__(self, order: list[str] | None = None) -> None:
        self.order = order

    def pytest_configure(self) -> None:
        """Before any test is imported, and not before pytest is ready to rewrite what Hypothesis asserts."""
        from hypothesis import HealthCheck, Phase, settings

        checks, phases = tuple(HealthCheck), (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", derandomize=True, database=None, deadline=None, phases=phases, suppress_health_check=checks
        )
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests wanted."""
        if self.order is not None:
            named = {item.nodeid: item for item in items}
            items[:] = [named[name] for name in self.order if name in named]


class Trial:
    """A plugin that does all of it in place of pytest's loop over the tests."""

    def __init__(self, wanted: list[str], out: Path, most: float, folders: list[str]) -> None:
        self.wanted, self.out, self.most, self.folders = wanted, out, most, folders
        self.failed: str | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        """Remember a failure, and have nothing told of it: that takes longer than most tests."""
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return None
        self.failed = item.nodeid
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", None, call.when)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self) -> tuple[str, str, str]:
        """Tell nothing of single tests."""
        return "", "", ""

    def run(self, items: Iterable[pytest.Item]) -> str | None:
        """The first of the tests that fails."""
        for item in items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.failed:
                return self.failed
        return None

    def reached(self, item: pytest.Item) -> tuple[float, list[str]]:
        """The seconds that a test takes, and the functions that it reaches."""

        def work() -> tuple[bool, object]:
            names: set[str] = set()
            note_calls(names)
            start = time.process_time()
            failed = self.run([item])
            return failed is None, (time.process_time() - start, sorted(names))

        status, news = in_a_child(work)
        if status:
            sys.exit(f"{item.nodeid} fails without a mutant")
        return news[0], news[1]

    def survives(self, mutant: str, items: list[pytest.Item], seconds: float) -> tuple[bool, str]:
        """Whether all of its tests pass, and what ended the mutant."""

        def work() -> tuple[bool, object]:
            mutants = mutants_of(mutant)
            mutants[ORIGINAL] = mutants[mutant.rpartition(".")[2]]
            limit = int(FIRST + 3 * seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            failed = self.run(items)
            return failed is None, failed

        status, failed = in_a_child(work)
        return status == 0, failed or f"exit status {status}"

    def survives_import(self, mutant: str, order: list[str]) -> tuple[bool, str]:
        """The same for a mutant that is there when the modules are imported."""

        def work() -> tuple[bool, object]:
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
            from_the_start.append(mutant)
            for name in list(sys.modules):
                if name.partition(".")[0] in ("app", "tests"):
                    del sys.modules[name]
            return run_pytest("-x", *self.folders, plugins=[Quickest(order)]) == 0, "after a new import"

        status, _ = in_a_child(work)
        return status == 0, "after a new import"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out what each test reaches; then try the mutants."""
        gc.freeze()
        seconds: dict[str, float] = {}
        effort: dict[str, float] = {}
        tests: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in session.items:
            seconds[item.nodeid], names = self.reached(item)
            effort[item.nodeid] = seconds[item.nodeid] * len(names)
            for name in names:
                tests[name].append(item)
        print(f"{len(session.items)} tests, {sum(seconds.values()):.0f} s", flush=True)
        for items in tests.values():
            items[:] = chosen(items, self.most, seconds, effort)
        home = {id(mutants): name for name, mutants in functions.items()}
        owner = {mutant: home[id(mutants_of(mutant))] for mutant in self.wanted}
        taken = {name: sum(seconds[item.nodeid] for item in items) for name, items in tests.items()}
        near: dict[str, list[str]] = {}
        for module in {mutant.rpartition(".")[0] for mutant, name in owner.items() if name not in tests}:
            near[module] = self.nearest(module, tests, session.items, seconds, effort)
            if not self.survives_import(f"{module}.none", near[module])[0]:
                sys.exit(f"the tests of {module} fail after a new import without a mutant")
        found: dict[str, tuple[bool, str]] = {}
        for count, mutant in enumerate(sorted(self.wanted, key=lambda name: taken.get(owner[name], self.most)), 1):
            name = owner[mutant]
            if name in tests:
                found[mutant] = self.survives(mutant, tests[name], taken[name])
            else:
                found[mutant] = self.survives_import(mutant, near[mutant.rpartition(".")[0]])
            if count % 100 == 0 or count == len(self.wanted):
                self.out.write_text(json.dumps(found), "utf-8")
                survived = sum(alive for alive, _ in found.values())
                print(f"{count} of {len(self.wanted)} mutants, {survived} survived", flush=True)
        return True

    def nearest(
        self,
        module: str,
        tests: dict[str, list[pytest.Item]],
        items: list[pytest.Item],
        seconds: dict[str, float],
        effort: dict[str, float],
    ) -> list[str]:
        """The tests that look at tables only or reach a module, those of least effort first; then the others."""
        near = {id(item) for name in tests if name.startswith(f"{module}.") for item in tests[name]}
        near |= {id(item) for item in items if not effort[item.nodeid]}
        ordered = sorted(items, key=lambda item: (id(item) not in near, effort[item.nodeid]))
        return [item.nodeid for item in within(self.most, ordered, seconds)]


def chosen(
    items: list[pytest.Item], most: float, seconds: dict[str, float], effort: dict[str, float]
) -> list[pytest.Item]:
    """The tests that a mutant meets: for half of the time those of least effort, for the rest one of each kind."""
    narrow = within(most / 2, sorted(items, key=lambda item: effort[item.nodeid]), seconds)
    met = {item.nodeid for item in narrow}
    kinds: dict[str, pytest.Item] = {}
    for item in sorted(items, key=lambda item: seconds[item.nodeid]):
        kinds.setdefault(item.nodeid.partition("[")[0], item)
    others = [item for item in kinds.values() if item.nodeid not in met]
    return narrow + (within(most / 2, others, seconds) if others else [])


def within(most: float, items: list[pytest.Item], seconds: dict[str, float]) -> list[pytest.Item]:
    """The tests from the first on, as many as take no longer together; one at least."""
    sums = accumulate(seconds[item.nodeid] for item in items)
    return [item for number, (item, total) in enumerate(zip(items, sums, strict=True)) if total <= most or not number]


def run_pytest(*arguments: str, plugins: list[object]) -> int:
    """pytest's exit status; it writes nothing anywhere."""
    briefly = ["-p", "no:cacheprovider", "--rootdir=.", "--assert=plain", "--tb=native"]
    return int(pytest.main([*briefly, *arguments], plugins=plugins))


def main(mutants: str, out: str, most: str, *folders: str) -> int:
    """Try mutants against the tests in these folders.

    Args:
        mutants: a file that names them, one a line.
        out: the file to say in what became of each.
        most: seconds of tests that a mutant meets; what these do not kill has survived, whatever others there are.
        folders: where the tests are.

    Returns:
        pytest's exit status.
    """
    stand_in()
    trial = Trial(Path(mutants).read_text("utf-8").split(), Path(out), float(most), list(folders))
    return run_pytest(*folders, plugins=[Quickest(), trial])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
