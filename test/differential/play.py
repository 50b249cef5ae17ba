"""Plays every case on two servers and prints where the candidate answers otherwise than the reference.

Both servers must be fresh: the groups make experiments with fixed names.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from cases import GROUPS
from compare import deltas
from dsl import Group, Step
from explained import explain, table
from normalise import normalise
from player import CannotSave, Side, play_step, save_values
from report import Result, describe, stale_entries, write_report


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.explain:
        print(table())
        return 0
    groups = [group for group in GROUPS if options.only in group.name]
    return play(groups, options.reference, options.candidate, options.report, bool(options.only))


def play(groups: Sequence[Group], reference: str, candidate: str, report: str, is_partial: bool) -> int:
    """Plays and prints; 1 when a difference is unexplained. Stale entries count only in a full play."""
    results: list[Result] = []
    calls = 0
    for group in groups:
        sides = Side(reference), Side(candidate)
        for result in _play_group(group, *sides):
            results.append(result)
            if result.is_unexplained:
                print(describe(result), end="\n\n", flush=True)
        calls += sides[0].calls
    if report:
        write_report(report, results)
    if not is_partial:
        for name in stale_entries(results):
            print(f"warning: stale entry, it explained nothing: {name}")
    unexplained = sum(result.is_unexplained for result in results)
    explained = sum(result.explained_by is not None for result in results)
    print(f"played {calls} calls, {unexplained} unexplained differences, {explained} explained")
    return 1 if unexplained else 0


def _play_group(group: Group, reference: Side, candidate: Side) -> Iterator[Result]:
    for step in group.steps:
        result = _play_step(f"{group.name}: {step.name}", step, reference, candidate)
        yield result
        if result.problem:
            return


def _play_step(case: str, step: Step, reference: Side, candidate: Side) -> Result:
    theirs, ours = play_step(step, reference), play_step(step, candidate)
    problem = ""
    try:
        save_values(step, reference, theirs.answer)
        save_values(step, candidate, ours.answer)
    except CannotSave as missing:
        problem = f"cannot save {missing}: the rest of the group is left out"
    normal = normalise(step, reference, theirs.answer), normalise(step, candidate, ours.answer)
    found = deltas(*normal)
    entry = explain(case, *normal, found) if found and not problem else None
    return Result(case, ours.request, *normal, found, entry.name if entry else None, problem)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", default="", help="URL of the stock server")
    parser.add_argument("--candidate", default="", help="URL of the server under test")
    parser.add_argument("--report", default="", help="write every case with both answers to this file")
    parser.add_argument("--only", default="", help="play only the groups whose name holds this text")
    parser.add_argument("--explain", action="store_true", help="print the table of accepted differences")
    options = parser.parse_args(arguments)
    if not options.explain and not (options.reference and options.candidate):
        parser.error("--reference and --candidate are needed")
    return options


if __name__ == "__main__":
    sys.exit(main())
