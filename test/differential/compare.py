"""Finds where two normalised answers differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalise import Normal

ABSENT = "<absent>"


@dataclass(frozen=True)
class Delta:
    """A place (`status`, `content-type`, `header location`, `$.run.info.status`) and both values."""

    path: str
    reference: object
    candidate: object


def deltas(reference: Normal, candidate: Normal) -> list[Delta]:
    return list(_deltas(reference, candidate))


def _deltas(reference: Normal, candidate: Normal) -> Iterator[Delta]:
    if reference.status != candidate.status:
        yield Delta("status", reference.status, candidate.status)
    if reference.content_type != candidate.content_type:
        yield Delta("content-type", reference.content_type, candidate.content_type)
    for name in sorted({*reference.headers, *candidate.headers}):
        ours, theirs = candidate.headers.get(name, ABSENT), reference.headers.get(name, ABSENT)
        if ours != theirs:
            yield Delta(f"header {name}", theirs, ours)
    yield from _values("$", reference.body, candidate.body)


def _values(path: str, reference: object, candidate: object) -> Iterator[Delta]:
    if isinstance(reference, dict) and isinstance(candidate, dict):
        for key in sorted({*reference, *candidate}):
            yield from _values(f"{path}.{key}", reference.get(key, ABSENT), candidate.get(key, ABSENT))
    elif isinstance(reference, list) and isinstance(candidate, list):
        yield from _lists(path, reference, candidate)
    elif not _same(reference, candidate):
        yield Delta(path, reference, candidate)


def _lists(path: str, reference: list[object], candidate: list[object]) -> Iterator[Delta]:
    if len(reference) != len(candidate):
        yield Delta(f"{path}.length", len(reference), len(candidate))
    for index, (theirs, ours) in enumerate(zip(reference, candidate)):
        yield from _values(f"{path}[{index}]", theirs, ours)


def _same(reference: object, candidate: object) -> bool:
    """Where stock prints a double, `1` and `1.0` are one; where it prints an int, only that int is."""
    if isinstance(reference, bool) or isinstance(candidate, bool):
        return reference is candidate
    if isinstance(reference, float) and isinstance(candidate, int):
        return float(candidate) == reference
    return type(reference) is type(candidate) and reference == candidate
