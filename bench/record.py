"""What was measured, and what went wrong meanwhile."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import asdict, dataclass, field


@dataclass
class Row:
    """One figure of a scenario, with the samples of each server."""

    scenario: str
    figure: str
    unit: str
    is_higher_better: bool
    # A figure of one server alone is held against this figure of the others.
    against: str | None = None
    samples: dict[str, list[float]] = field(default_factory=dict)


@dataclass
class Record:
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    errors: dict[tuple[str, str], Counter] = field(default_factory=dict)
    conditions: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, scenario: str, figure: str, server: str, value: float, unit: str = "ms", *,
            higher: bool = False, against: str | None = None) -> None:
        row = self.rows.setdefault((scenario, figure), Row(scenario, figure, unit, higher, against))
        row.samples.setdefault(server, []).append(value)

    def note(self, scenario: str, server: str, text: str) -> None:
        known = self.notes.setdefault((scenario, server), [])
        if text not in known:
            known.append(text)

    def error(self, scenario: str, server: str, text: str) -> None:
        # Nobody else has this machine's folders.
        short = re.sub(r"(/[\w.-]+){2,}/", "…/", text)[:300]
        self.errors.setdefault((scenario, server), Counter())[short] += 1

    def as_json(self) -> dict:
        def listed(of: dict) -> list:
            return [{"scenario": scenario, "server": server, "texts": texts} for (scenario, server), texts in of.items()]
        return {"rows": [asdict(row) for row in self.rows.values()], "notes": listed(self.notes),
                "errors": listed(self.errors), "conditions": self.conditions}


def percentile(samples: list[float], share: float) -> float:
    """Linear between the closest ranks."""
    ordered = sorted(samples)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(samples: list[float]) -> float:
    return statistics.median(samples)
