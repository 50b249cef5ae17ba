"""`cdk` against an emulated AWS, and what it made there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import boto3
from emulator import ACCOUNT, REGION, Emulator

PROJECT = Path(__file__).resolve().parents[2]
CDK = PROJECT / "node_modules/.bin/cdk"
LIMIT_SECONDS = 240
# With users and a distribution, a deployment writes to a KeyValueStore, whose client puts the account before the host's name: no
# address has such a name here. So each is looked at in a stage of its own.
USERS = {"tracklet:stage": "users", "tracklet:auth": "users", "tracklet:web": "off"}
WEB = {
    "tracklet:stage": "web", "tracklet:auth": "iam", "tracklet:costReport": "metrics", "tracklet:gcAfterDays": "30",
    "tracklet:alarmEmail": "ops@example.org",
}


class Failed(Exception):
    """A step went wrong; the text says how."""


def run(command: list, emulator: Emulator, cwd: Path = PROJECT) -> str:
    """What a program prints; Failed with the end of it when it fails."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=emulator.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT_SECONDS, check=False,
    )
    if done.returncode != 0:
        raise Failed(f"{command[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def synth(emulator: Emulator, source: Path, to: Path, wanted: dict[str, str]) -> list[Path]:
    """The templates of the sources in a folder, with these settings."""
    settings = [word for name, value in wanted.items() for word in ("-c", f"{name}={value}")]
    run([CDK, "synth", "--quiet", "--output", to, *settings], emulator, source)
    return sorted(to.glob("*.template.json"))


def synth_all(emulator: Emulator, to: Path) -> list[Path]:
    """The templates of all configurations that test/infra looks at, without their bundles."""
    to.mkdir()
    run(["node", "--import", "tsx", "test/infra/write-templates.ts", to], emulator)
    return sorted(to.glob("*.template.json"))


def bootstrap(emulator: Emulator) -> None:
    run([CDK, "bootstrap", f"aws://{ACCOUNT}/{REGION}"], emulator)


def deploy(emulator: Emulator, synthesised: Path) -> dict[str, str]:
    """Puts all stacks there; gives their outputs by name."""
    outputs = emulator.folder / "outputs.json"
    run([CDK, "deploy", "--all", "--app", synthesised, "--require-approval", "never", "--outputs-file", outputs], emulator)
    return {name: value for stack in json.loads(outputs.read_text()).values() for name, value in stack.items()}


def destroy(emulator: Emulator, synthesised: Path) -> None:
    run([CDK, "destroy", "--all", "--force", "--app", synthesised], emulator)


def client(emulator: Emulator, service: str):
    """A client of boto3 for a service of this AWS."""
    return boto3.client(
        service, endpoint_url=emulator.endpoint, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


def resources(emulator: Emulator) -> dict[str, list[dict]]:
    """Of each of our stacks that there is."""
    cloudformation = client(emulator, "cloudformation")
    stacks = [stack["StackName"] for stack in cloudformation.describe_stacks()["Stacks"]]
    return {
        name: cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        for name in stacks
        if name.startswith("Tracklet-")
    }
