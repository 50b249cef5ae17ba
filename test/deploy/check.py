"""The deploy check: README.md tells its steps. `check.py PYTHON`, the Python that has mlflow; ends on `N passed, N failed`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from deployment import PROJECT, USERS, WEB, Failed, bootstrap, client, deploy, destroy, resources, run, synth, synth_all
from emulator import Emulator, emulated_aws, tail
from relay import relay_to

STREAM_SECONDS = 60


class Check:
    """Plays the steps on one emulated AWS; a step that fails ends it, for the next ones stand on it."""

    def __init__(self, emulator: Emulator, mlflow_python: str):
        self._emulator, self._python = emulator, mlflow_python
        self._folder = emulator.folder
        self._state = self._folder / "state.json"
        self._outputs: dict[str, str] = {}

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("lint", self.lint),
            ("others", self.others),
            ("before", self.before),
            ("upgrade", self.upgrade),
            ("beside", self.beside),
            ("stream", self.stream),
            ("strangers", self.strangers),
            ("doctor", self.doctor),
            ("restored", self.restored),
            ("destroy", self.destroy),
        ]

    @property
    def web(self) -> Path:
        return self._folder / "web"

    @property
    def now(self) -> Path:
        return self._folder / "now"

    def lint(self) -> str:
        templates = [*synth(self._emulator, PROJECT, self.now, USERS), *synth(self._emulator, PROJECT, self.web, WEB)]
        return self._lint(templates)

    def others(self) -> str:
        return self._lint(synth_all(self._emulator, self._folder / "all"))

    def _lint(self, templates: list[Path]) -> str:
        linter = Path(sys.executable).with_name("cfn-lint")
        run([linter, "--non-zero-exit-code", "error", "--", *templates], self._emulator)
        return f"{len(templates)} templates"

    def before(self) -> str:
        bootstrap(self._emulator)
        source = earlier_sources(self._folder / "earlier", self._emulator)
        before = self._folder / "before"
        synth(self._emulator, source, before, USERS)
        self._outputs = deploy(self._emulator, before)
        self._walk("write")
        return f"{self._count()} resources, of {'this commit' if source == PROJECT else 'the commit before'}"

    def upgrade(self) -> str:
        self._outputs = deploy(self._emulator, self.now)
        self._walk("read")
        return f"{self._count()} resources; what was written is there"

    def beside(self) -> str:
        """A second stage in the same account, with a distribution, whose pages are published."""
        deploy(self._emulator, self.web)
        s3 = client(self._emulator, "s3")
        keys = [
            each["Key"]
            for bucket in self._physical_ids("AWS::S3::Bucket")
            for each in s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        ]
        if not any(key.endswith("index.html") for key in keys):
            raise Failed(f"the pages are not published; the buckets hold {keys[:50]}")
        self._walk("read")
        return f"{self._count()} resources of both; the pages are published, the first stage is as it was"

    def _count(self) -> int:
        states = [each["ResourceStatus"] for stack in resources(self._emulator).values() for each in stack]
        unfinished = [state for state in states if state not in ("CREATE_COMPLETE", "UPDATE_COMPLETE")]
        if unfinished:
            raise Failed(f"resources are {unfinished}")
        return len(states)

    def _walk(self, task: str) -> None:
        with self._api() as url:
            self._run_client(url, task)

    def _run_client(self, url: str, task: str) -> None:
        environment = {**self._emulator.environment, **self._admin(), "MLFLOW_TRACKING_URI": url, **QUIET}
        done = subprocess.run(
            [self._python, str(Path(__file__).with_name("walk.py")), task, str(self._state)], env=environment,
            capture_output=True, text=True, timeout=180, check=False,
        )
        if done.returncode != 0:
            raise Failed(f"the client's {task} fails: {done.stderr[-3000:]}\n{tail(self._emulator)}")

    def _api(self):
        return relay_to(self._emulator.port, f"{urlsplit(self._outputs['ApiUrl']).netloc.split(':')[0]}:{self._emulator.port}")

    def _admin(self) -> dict[str, str]:
        """As docs/deploy.md tells to get at the first password."""
        secret = client(self._emulator, "secretsmanager").get_secret_value(SecretId=self._outputs["AdminPasswordSecret"])
        return {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": secret["SecretString"]}

    def stream(self) -> str:
        """The table's stream has called its function, and that has noted what was written."""
        table = self._physical_ids("AWS::DynamoDB::GlobalTable")[0]
        deadline = time.monotonic() + STREAM_SECONDS
        while time.monotonic() < deadline:
            items = client(self._emulator, "dynamodb").scan(TableName=table)["Items"]
            noted = [item for item in items if item["pk"]["S"].startswith("WORK")]
            if noted:
                return f"{len(noted)} items of work noted"
            time.sleep(1)
        raise Failed(f"nothing was noted in {STREAM_SECONDS} s; the table holds {sorted({item['pk']['S'] for item in items})}")

    def strangers(self) -> str:
        with self._api() as url:
            done = self._doctor(url, {})
        if done.returncode == 0 or "are refused (401)" not in done.stdout:
            raise Failed(f"nobody refused a stranger:\n{done.stdout}")
        return "are refused"

    def doctor(self) -> str:
        """At the API's own address large files are refused, with a hint where they go: the edge is not emulated."""
        with self._api() as url:
            done = self._doctor(url, self._admin())
        wanted = ["as admin, an admin", "a metric logged", "a file of 1 KB", "the distribution's"]
        missing = [text for text in wanted if text not in done.stdout]
        if missing:
            raise Failed(f"the doctor does not say {missing}:\n{done.stdout}\n{done.stderr}")
        return "knows the admin, and which files are too large for this address"

    def restored(self) -> str:
        """As docs/deploy.md tells: a table of another name takes the place of the stack's own, and knows what was written before."""
        own = self._physical_ids("AWS::DynamoDB::GlobalTable")[0]
        copied = copy_table(client(self._emulator, "dynamodb"), own, "restored")
        there = self._folder / "restored"
        synth(self._emulator, PROJECT, there, {**USERS, "tracklet:table": copied})
        self._outputs = deploy(self._emulator, there)
        before = self._items(own), self._items("restored")
        self._walk("read")
        with self._api() as url:
            self._doctor(url, self._admin())
        after = self._items(own), self._items("restored")
        if after[0] != before[0] or after[1] <= before[1]:
            raise Failed(f"of the own and the restored table there were {before} items, and then {after}")
        return f"{before[1]} items; what was written is there, and what is written goes there"

    def _items(self, table: str) -> int:
        return client(self._emulator, "dynamodb").scan(TableName=table)["Count"]

    def _doctor(self, url: str, admin: dict[str, str]) -> subprocess.CompletedProcess:
        command = ["node", str(PROJECT / "bin/tracklet.js"), "doctor", "--url", url]
        return subprocess.run(
            command, env={**self._emulator.environment, **admin}, capture_output=True, text=True, timeout=120, check=False
        )

    def destroy(self) -> str:
        tables, buckets = self._physical_ids("AWS::DynamoDB::GlobalTable"), self._physical_ids("AWS::S3::Bucket")
        self._unprotect()
        destroy(self._emulator, self.web)
        destroy(self._emulator, self.now)
        left = resources(self._emulator)
        if left:
            raise Failed(f"stacks are left: {sorted(left)}")
        items = client(self._emulator, "dynamodb").scan(TableName=tables[0])["Count"]
        s3 = client(self._emulator, "s3")
        kept = {name for name in buckets if name in {each["Name"] for each in s3.list_buckets()["Buckets"]}}
        files = sum(s3.list_objects_v2(Bucket=name).get("KeyCount", 0) for name in kept)
        if items == 0 or files == 0:
            raise Failed(f"the data went with the stacks: {items} items and {files} files are left")
        return f"no stack is left; {items} items and {files} files are"

    def _unprotect(self) -> None:
        """As docs/deploy.md tells: the stacks with the data go only when somebody says so twice."""
        cloudformation = client(self._emulator, "cloudformation")
        for name in resources(self._emulator):
            if not name.endswith("-Data"):
                continue
            try:
                cloudformation.delete_stack(StackName=name)
                raise Failed(f"{name} is not protected")
            except cloudformation.exceptions.ClientError:
                cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)

    def _physical_ids(self, kind: str) -> list[str]:
        return [
            each["PhysicalResourceId"]
            for stack in resources(self._emulator).values()
            for each in stack
            if each["ResourceType"] == kind
        ]


QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2"}


def copy_table(dynamodb, source: str, target: str) -> str:
    """What a restore makes, whose commands the emulator does not know; gives the ARN of its stream."""
    known = dynamodb.describe_table(TableName=source)["Table"]
    made = dynamodb.create_table(
        TableName=target, KeySchema=known["KeySchema"], AttributeDefinitions=known["AttributeDefinitions"],
        BillingMode="PAY_PER_REQUEST", StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    for item in dynamodb.scan(TableName=source)["Items"]:
        dynamodb.put_item(TableName=target, Item=item)
    return made["TableDescription"]["LatestStreamArn"]


def earlier_sources(folder: Path, emulator: Emulator) -> Path:
    """The sources of the commit before this one; this one's where the history does not reach back."""
    has_parent = subprocess.run(["git", "rev-parse", "-q", "--verify", "HEAD~1"], cwd=PROJECT, capture_output=True, check=False)
    if has_parent.returncode != 0:
        return PROJECT
    folder.mkdir()
    archive = folder.with_suffix(".tar")
    run(["git", "archive", "--output", archive, "HEAD~1"], emulator)
    run(["tar", "-xf", archive, "-C", folder], emulator)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    run(["node", "build.js"], emulator, folder)
    return folder


def main() -> int:
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="deploy-") as folder, emulated_aws(Path(folder)) as emulator:
        for name, step in Check(emulator, sys.argv[1]).steps():
            start = time.monotonic()
            try:
                print(f"{name}: {step()} ({time.monotonic() - start:.0f} s)", flush=True)
                passed += 1
            except (Failed, subprocess.TimeoutExpired) as error:
                print(f"{name} FAILED: {error}", flush=True)
                failed += 1
                break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
