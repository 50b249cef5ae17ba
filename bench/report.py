"""Results as Markdown: ratios first, then every figure of every server, then what to know about them."""

from __future__ import annotations

from record import median, percentile

OURS = "tracklet"
NOT_COMPARED = ("times", "processes")
FINE = 0.95  # this share of the samples is at least as good as the second number of a cell

KNOWN = [
    ("tracklet", "It waits for the disk before it acknowledges a write; FastTrackML syncs now and then, so it may lose what it has "
                 "acknowledged when the power fails. Where single writes follow each other, the disk decides."),
    ("mlflow", "Without uvloop, uvicorn does not set TCP_NODELAY on the connections of several workers: each request on a kept-alive "
               "connection takes about 40 ms more. `pip install mlflow` does not bring uvloop, so both are shown."),
    ("fasttrackml", "FastTrackML 0.6 cuts some of its page tokens short, so no client can page through its runs (mended here, to have "
                    "a figure). It has no model registry, no artifact proxy and no get-history-bulk-interval."),
]


def markdown(document: dict) -> str:
    """The results file of a finished benchmark."""
    parts = [_head(document), _ratios(document), _figures(document), _conditions(document), _remarks(document)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(document: dict) -> str:
    machine, load = document["machine"], document["load"]
    versions = ", ".join(f"{name} {version.split()[-1]}" for name, version in document["versions"].items())
    return f"""# Results

Written by `npm run bench`; do not edit. How to read and repeat them: [README.md](README.md).

{document["date"]}, profile `{document["profile"]}`, {document["minutes"]:.0f} minutes. {machine["cpu"]}, {machine["cores"]} cores,
{machine["memory_gib"]:.0f} GiB, {machine["system"]}. {versions}.

Load average {load["before"]:.1f} before and {load["after"]:.1f} after the run. {_company(document)} Load generator, servers and databases share
the cores. Ratios within a row are worth more than any single number, and the CPU of an operation moves least."""


def _company(document: dict) -> str:
    shares = [conditions["others"] for conditions in document["conditions"].values()]
    if max(shares) < 0.05:
        return "Other programs took next to nothing of the machine."
    return f"**Other programs took {min(shares):.0%} to {max(shares):.0%} of the machine**, see *Conditions* below."


def _table(head: list[str], lines: list[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _ratios(document: dict) -> str:
    lines = []
    for row in document["rows"]:
        peers = _peers_of(row, document)
        if OURS not in row["samples"] or not peers:
            continue
        best = (max if row["is_higher_better"] else min)(peers, key=lambda name: median(peers[name]))
        ours, theirs = median(row["samples"][OURS]), median(peers[best])
        if ours == theirs == 0 or row["unit"] in NOT_COMPARED:
            continue
        lines.append([row["scenario"], row["figure"], f"**{_ratio(row, ours, theirs)}**", _amount(ours, row["unit"]),
                      f"{_amount(theirs, row['unit'])} ({best})"])
    text = "How many times better Tracklet is than the best of its peers (below 1: worse), medians."
    return f"## Against the best peer\n\n{text}\n\n" + _table(["scenario", "figure", "ratio", "Tracklet", "best peer"], lines)


def _peers_of(row: dict, document: dict) -> dict[str, list[float]]:
    """The peers' samples of this figure, or of the one that it is held against."""
    compared = row["against"] or row["figure"]
    same = next((r for r in document["rows"] if (r["scenario"], r["figure"]) == (row["scenario"], compared)), row)
    return {name: samples for name, samples in same["samples"].items() if name != OURS}


def _ratio(row: dict, ours: float, theirs: float) -> str:
    above, below = (ours, theirs) if row["is_higher_better"] else (theirs, ours)
    return _number(above / below) if below else "–"


def _figures(document: dict) -> str:
    names = document["servers"]
    parts = ["## All figures\n\nMedian, and in brackets what 95 % of the samples are at least as good as."]
    for scenario in dict.fromkeys(row["scenario"] for row in document["rows"]):
        rows = [row for row in document["rows"] if row["scenario"] == scenario]
        lines = [[row["figure"], row["unit"], *(_cell(row, name) for name in names)] for row in rows]
        parts.append(f"### {scenario}\n\n" + _table(["figure", "unit", *names], lines))
    return "\n\n".join(parts)


def _cell(row: dict, name: str) -> str:
    samples = row["samples"].get(name)
    if not samples:
        return "–"
    tail = percentile(samples, 1 - FINE if row["is_higher_better"] else FINE)
    return _number(median(samples)) + (f" ({_number(tail)})" if len(samples) > 1 else "")


def _conditions(document: dict) -> str:
    lines = [[scenario, f"{c['seconds']:.0f} s", f"{c['others']:.0%}", f"{c['generator']:.0%}"]
             for scenario, c in document["conditions"].items()]
    return "## Conditions\n\nShares of all cores, over the whole scenario with its preparations.\n\n" + _table(
        ["scenario", "took", "other programs", "load generator"], lines)


def _remarks(document: dict) -> str:
    known = [f"- {text}" for name, text in KNOWN if any(server.startswith(name) for server in document["servers"])]
    notes = [f"- {each['scenario']}, {each['server']}: {text}" for each in document["notes"] for text in each["texts"]]
    errors = [f"- {each['scenario']}, {each['server']}: {text} ({count} ×)"
              for each in document["errors"] for text, count in each["texts"].items()]
    parts = ["## Remarks\n\n" + "\n".join(known + notes) if known + notes else ""]
    parts.append("## Errors and wrong answers\n\n" + ("\n".join(errors) if errors else "None: every answer was checked."))
    return "\n\n".join(part for part in parts if part)


def _amount(value: float, unit: str) -> str:
    return f"{_number(value)} {unit}"


def _number(value: float) -> str:
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    return f"{value:,.{digits}f}"
