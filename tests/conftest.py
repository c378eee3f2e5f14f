"""What all tests share: Pulumi's command line, and one emulator, empty at the start of each test that asks for it."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator

import pytest

import tests.property_examples  # noqa: F401 - registers the profile that `make check` names
from tests.emulator_process import EmulatorProcess
from tests.scheduling import order_tests

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control starts what runs in the background so, and programs under test would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    # The same below nohup.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = order_tests(items)


@pytest.fixture(scope="session")
def engine() -> None:
    """The real Pulumi CLI has to be there: a test that needs it fails without, and is never left out."""
    if not shutil.which("pulumi"):
        pytest.fail('There is no pulumi on PATH: `make test`, or eval "$(make -s env)" first.', pytrace=False)


@pytest.fixture(scope="session")
def shared_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path_factory.mktemp("emulator") / "shared.sqlite") as process:
        yield process


@pytest.fixture
def emulator(shared_emulator: EmulatorProcess) -> EmulatorProcess:
    shared_emulator.reset()
    return shared_emulator


@pytest.fixture(scope="session", params=["C", "ISO-8859-1"])
def locale_environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a locale whose encoding lacks most characters, without Python's own ways around it."""
    variables = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    if request.param == "C":
        return {**variables, "LC_ALL": "C"}
    folder = tmp_path_factory.mktemp("locales")
    name = "en_US.ISO-8859-1"
    if shutil.which("localedef"):
        command = ["localedef", "-i", "en_US", "-f", "ISO-8859-1", str(folder / name)]
        subprocess.run(command, check=False, capture_output=True)
    if not (folder / name).exists():
        pytest.skip("this machine cannot build a locale with ISO-8859-1 (package locales)")
    return {**variables, "LC_ALL": name, "LOCPATH": str(folder)}
