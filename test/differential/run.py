"""Starts a stock server and a candidate, plays all cases on both, and stops them."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import AbstractContextManager

import play
from servers import command_server, stock_server

CANDIDATE = "node bin/tracklet.js serve --port {port} --ephemeral"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = "command line with {port}; `stock` for a second stock"
    parser.add_argument("--candidate-command", default=CANDIDATE, help=wanted)
    options, further = parser.parse_known_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else both servers would outlive a kill
    with stock_server() as reference, _candidate(options.candidate_command) as candidate:
        return play.main(["--reference", reference, "--candidate", candidate, *further])


def _candidate(command: str) -> AbstractContextManager[str]:
    return stock_server() if command == "stock" else command_server(command)


if __name__ == "__main__":
    sys.exit(main())
