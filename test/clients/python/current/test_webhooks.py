"""Webhooks through the stock client: what is told, how it is signed, what becomes of it when nobody takes it.

Each test starts a server of its own, for MLflow's variables are read when a server starts.
"""

from __future__ import annotations

import contextlib
import hmac
import http.server
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from mlflow import MlflowClient
from mlflow.entities.webhook import WebhookEvent, WebhookStatus
from mlflow.webhooks.constants import (
    WEBHOOK_DELIVERY_ID_HEADER,
    WEBHOOK_SIGNATURE_HEADER,
    WEBHOOK_TIMESTAMP_HEADER,
)
from mlflow.webhooks.delivery import _generate_hmac_signature

ROOT = pathlib.Path(__file__).parents[4]
READY = re.compile(r"Tracklet is ready at (http:\S+)")
WAIT_SECONDS = 60
# Deployed, neither plain HTTP nor a private address is allowed.
OPEN = {"MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": "true", "MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "http,https"}
CREATED = WebhookEvent.from_str("registered_model.created")


class Receiver:
    """Takes deliveries and answers with the statuses it was given, then 200."""

    def __init__(self) -> None:
        self.got: queue.Queue[tuple[dict[str, str], str]] = queue.Queue()
        self.statuses: list[int] = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.end_headers()
                receiver.got.put((dict(self.headers), body))

            def log_message(self, *_: object) -> None:
                """Nothing: it is the test that speaks."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def next(self) -> tuple[dict[str, str], str]:
        return self.got.get(timeout=WAIT_SECONDS)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    started = Receiver()
    threading.Thread(target=started.server.serve_forever, daemon=True).start()
    yield started
    started.server.shutdown()
    started.server.server_close()


@contextlib.contextmanager
def server(folder: pathlib.Path, **variables: str) -> Iterator[MlflowClient]:
    """A server over the folder, for a while."""
    command = ["node", "bin/tracklet.js", "serve", "--port", "0", "--data-dir", str(folder / "data")]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables}
    )
    assert process.stdout
    try:
        for line in process.stdout:
            if found := READY.search(line):
                yield MlflowClient(found[1], found[1])
                return
        raise AssertionError("the server did not start")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(WAIT_SECONDS)


def dead_letters(client: MlflowClient) -> list[dict[str, object]]:
    url = f"{client.tracking_uri}/api/2.0/tracklet/webhooks/dead-letters"
    with urllib.request.urlopen(url, timeout=WAIT_SECONDS) as answer:
        return json.load(answer).get("dead_letters", [])


def eventually(client: MlflowClient) -> dict[str, object]:
    """The first dead letter, once there is one: nothing tells of it from outside."""
    pause = threading.Event()
    for _ in range(WAIT_SECONDS * 10):
        if letters := dead_letters(client):
            return letters[0]
        pause.wait(0.1)
    raise AssertionError("nothing was given up")


def redeliver(client: MlflowClient, letter: dict[str, object]) -> None:
    url = f"{client.tracking_uri}/api/2.0/tracklet/webhooks/dead-letters/{letter['dead_letter_id']}/redeliver"
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(url, b"{}", headers), timeout=WAIT_SECONDS).close()


def assert_signed(secret: str, headers: dict[str, str], body: str) -> None:
    """Holds the signature against the one that MLflow itself makes."""
    expected = _generate_hmac_signature(
        secret, headers[WEBHOOK_DELIVERY_ID_HEADER], headers[WEBHOOK_TIMESTAMP_HEADER], body
    )
    assert hmac.compare_digest(headers[WEBHOOK_SIGNATURE_HEADER], expected)


def test_events_come_signed_as_mlflow_signs_them(tmp_path: pathlib.Path, receiver: Receiver) -> None:
    with server(tmp_path, **OPEN) as client:
        events = ["registered_model.created", "model_version.created", "model_version_alias.created"]
        webhook = client.create_webhook("hook", receiver.url, [WebhookEvent.from_str(e) for e in events], secret="hunter2")
        assert webhook.secret is None
        client.create_registered_model("é m", tags={"team": "x"})
        client.create_model_version("é m", "s3://bucket/model")
        client.set_registered_model_alias("é m", "champion", "1")
        got = [receiver.next() for _ in events]
    for headers, body in got:
        assert_signed("hunter2", headers, body)
        assert headers["Content-Type"] == "application/json"
    told = {f"{m['entity']}.{m['action']}": m["data"] for m in (json.loads(body) for _, body in got)}
    assert told == {
        "registered_model.created": {"name": "é m", "tags": {"team": "x"}, "description": ""},
        "model_version.created": {
            "name": "é m",
            "version": "1",
            "source": "s3://bucket/model",
            "run_id": None,
            "tags": {},
            "description": None,
        },
        "model_version_alias.created": {"name": "é m", "alias": "champion", "version": "1"},
    }


def test_the_client_manages_webhooks(tmp_path: pathlib.Path, receiver: Receiver) -> None:
    with server(tmp_path, **OPEN) as client:
        webhook = client.create_webhook("hook", receiver.url, [CREATED], description="d", secret="s")
        assert client.get_webhook(webhook.webhook_id).events == [CREATED]
        assert [w.webhook_id for w in client.list_webhooks()] == [webhook.webhook_id]
        result = client.test_webhook(webhook.webhook_id)
        assert (result.success, result.response_status) == (True, 200)
        headers, body = receiver.next()
        assert_signed("s", headers, body)
        assert json.loads(body)["data"]["name"] == "example_model"
        changed = client.update_webhook(webhook.webhook_id, name="other", status="DISABLED")
        assert (changed.name, changed.status) == ("other", WebhookStatus.DISABLED)
        client.delete_webhook(webhook.webhook_id)
        assert list(client.list_webhooks()) == []


def test_a_failing_receiver_is_tried_again_then_recorded_then_redelivered(
    tmp_path: pathlib.Path, receiver: Receiver
) -> None:
    with server(tmp_path, **OPEN, MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES="1") as client:
        client.create_webhook("hook", receiver.url, [CREATED], secret="s")
        receiver.statuses = [503, 500]
        client.create_registered_model("m")
        tries = [receiver.next(), receiver.next()]
        assert len({headers[WEBHOOK_DELIVERY_ID_HEADER] for headers, _ in tries}) == 1
        letter = eventually(client)
        assert (letter["tries"], letter["response_status"]) == (2, 500)
        redeliver(client, letter)
        headers, body = receiver.next()
        assert_signed("s", headers, body)
        assert body == letter["payload"] == tries[0][1]
        assert dead_letters(client) == []


def test_what_was_not_delivered_when_the_server_stopped_is_delivered_by_the_next(
    tmp_path: pathlib.Path, receiver: Receiver
) -> None:
    with server(tmp_path, **OPEN) as client:
        client.create_webhook("hook", receiver.url, [CREATED], secret="s")
        receiver.statuses = [503]
        client.create_registered_model("m")
        first, _ = receiver.next()
    with server(tmp_path, **OPEN):
        headers, body = receiver.next()
    assert_signed("s", headers, body)
    assert headers[WEBHOOK_DELIVERY_ID_HEADER] == first[WEBHOOK_DELIVERY_ID_HEADER]


def test_as_deployed_nothing_goes_to_private_addresses(
    tmp_path: pathlib.Path, receiver: Receiver, refusal: Callable[..., Exception]
) -> None:
    with server(tmp_path, **OPEN) as client:
        client.create_webhook("hook", receiver.url, [CREATED])
    with server(tmp_path, MLFLOW_WEBHOOK_ALLOWED_SCHEMES="http,https") as client:
        create = client.create_webhook
        for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]", "169.254.169.254", "10.0.0.1", "2130706433"):
            error = refusal("INVALID_PARAMETER_VALUE", create, "bad", f"http://{host}/", [CREATED])
            assert "must not resolve to a non-public IP address" in str(error)
        client.create_registered_model("m")
        letter = eventually(client)
        assert (letter["tries"], "not a public IP address" in str(letter["failure"])) == (1, True)
        assert not client.test_webhook(str(letter["webhook_id"])).success
    with server(tmp_path) as client:
        refusal("INVALID_PARAMETER_VALUE", client.create_webhook, "bad", "http://example.com/", [CREATED])
    assert receiver.got.empty()
