"""The quickstart that the README sends everybody to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

QUICKSTART = Path(__file__).parents[4] / "examples" / "quickstart.py"


def test_the_quickstart_trains_finds_and_predicts(client):
    done = subprocess.run(
        [sys.executable, str(QUICKSTART)],
        env={**os.environ, "MLFLOW_TRACKING_URI": client.tracking_uri},
        capture_output=True,
        text=True,
        timeout=240,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Searched 12 forests" in done.stdout
    assert re.search(r"\n[1-6] runs with metrics\.mean_test_score > 0\.9", done.stdout)
    right = re.search(r"right on (\d+\.\d)% of 143 test rows", done.stdout)
    assert right and float(right[1]) > 90
    experiment = client.get_experiment_by_name("quickstart")
    assert len(client.search_runs([experiment.experiment_id], "metrics.test_accuracy > 0.9")) == 1
