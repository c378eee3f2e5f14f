"""Stands in for the Pulumi CLI on PATH: a config and a state in a file, and mishaps that the file asks for.

What it does, `tests/cli/test_on_stack.py` sees the real one do.
"""

import json
import os
import signal
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

FILE = Path(os.environ["FAKE_PULUMI"])
fake = json.loads(FILE.read_text(encoding="utf-8"))
words = sys.argv[1:]
given = "" if sys.stdin.isatty() else sys.stdin.read()
with FILE.with_name("calls").open("a") as calls:
    calls.write(json.dumps({"arguments": words, "environment": dict(os.environ)}) + "\n")


def write_line(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def save() -> None:
    FILE.write_text(json.dumps(fake), encoding="utf-8")


def secret(token: str) -> dict[str, str]:
    return {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": json.dumps(token)}


def resource() -> dict[str, object]:
    inputs = {"name": fake["name"], "accessToken": secret(fake["declared"])}
    outputs = {**inputs, "accessToken": secret(fake["sent"]), "sandboxName": "dev", "etag": fake["etag"]}
    errors = {"initErrors": ["the test failed"]} if fake["declared"] != fake["sent"] else {}
    type_ = "pulumi-python:dynamic/adobe:DatabricksSourceConnection"
    urn = f"urn:pulumi:dev::flow-connections::{type_}::lake"
    return {"urn": urn, "type": type_, "id": fake["id"], "inputs": inputs, "outputs": outputs, **errors}


def interrupted(_signal: int, _frame: object) -> None:
    FILE.with_name("ended").write_text("in an orderly way")
    sys.exit(1)


def hang() -> None:
    signal.signal(signal.SIGINT, interrupted)
    FILE.with_name("hangs").touch()
    time.sleep(30)


def patch(token: str) -> str:
    """Change the connection in the emulator, as the provider does; the new etag."""
    operation = {"op": "replace", "path": "/auth/params/accessToken", "value": token}
    connection = HTTPConnection(fake["settings"]["adobe:endpoint"].removeprefix("http://"), timeout=10)
    body = json.dumps({"id": fake["id"], "patch": [operation]})
    connection.request("POST", "/_emulator/foreign-edit", body, {"Content-Type": "application/json"})
    return str(json.load(connection.getresponse())["etag"])


def up() -> None:
    if fake.get("up") == "hangs":
        hang()
    if fake.get("up") == "refused":
        write_line(f"Diagnostics:\n  error: nothing was sent {fake['config']}\nOutputs:")
        sys.exit(255)
    if fake.get("up") == "locked":
        sys.exit("error: the stack is currently locked by 1 lock(s).")
    if fake.get("up") == "other rotation":
        fake["config"] = fake["other"]
    fake["sent"], fake["etag"] = fake["config"], patch(fake["config"])
    if fake.get("up") == "overtaken":
        patch(fake["other"])
    if fake.get("up") != "failed test":
        fake["declared"] = fake["config"]
    save()
    if fake.get("up") == "failed test":
        write_line("Diagnostics:\n  error: Flow Service's test of the connection failed.\nOutputs:")
        sys.exit(255)


def step(operation: str) -> dict[str, object]:
    old, new = ({"inputs": {"clusterId": value, "accessToken": "[secret]"}} for value in ("old", fake["clusterId"]))
    return {"op": operation, "urn": resource()["urn"], "oldState": old, "newState": new}


match words:
    case ["config", "--json", *_]:
        settings = {name: {"value": value} for name, value in fake["settings"].items()}
        tokens = json.dumps({"lake": fake["config"]})
        entries = json.dumps({"lake": {"accessTokenExpiresAt": fake["expires"]} if fake["expires"] else {}})
        own = {"accessTokens": {"value": tokens, "secret": True}, "connections": {"value": entries}}
        write_line(json.dumps({**settings, **{f"flow-connections:{key}": entry for key, entry in own.items()}}))
    case ["config", "set", "--type", "string", "--path", "connections.lake.accessTokenExpiresAt", date, *_]:
        fake["expires"] = date
        save()
    case ["config", "set", "--secret", "--path", "accessTokens.lake", "--stack", *_]:
        fake["config"] = given.rstrip("\n")
        save()
    case ["stack", "export", *_]:
        write_line(json.dumps({"deployment": {"resources": [resource()]}}))
        if fake.get("set_meanwhile"):
            # Once the first look is over, somebody sets another token.
            fake["looks"] = fake.get("looks", 0) + 1
            fake["config"] = fake["set_meanwhile"] if fake["looks"] > 1 else fake["config"]
            save()
    case ["preview", "--json", "--target", _, *_]:
        same = fake["declared"] == fake["sent"] == fake["config"]
        steps = [] if same else [step(fake.get("preview", "update"))]
        write_line(json.dumps({"steps": steps}))
    case ["up", "--yes", "--skip-preview", "--target", _, *_]:
        up()
    case _:
        sys.exit(f"not known: {words}")
