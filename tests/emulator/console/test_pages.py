"""What the pages show."""

from __future__ import annotations

import html
import os
import re
import subprocess
from urllib.parse import urlencode

import pytest

from tests.emulator.adobe_client import ORG, OTHER_ORG, SECRET, AdobeClient, lake, replace
from tests.emulator.console.console_client import Console
from tests.emulator.console.story import tell
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator_process import EmulatorProcess

DAY = 86_400


def test_overview_has_every_connection_of_every_sandbox(emulator: EmulatorProcess, console: Console) -> None:
    tell(emulator)
    words = console.words("/")
    for name in ("Orders lake", "Warehouse", "Lake of the other region", "Orders, every day"):
        assert name in words
    assert "4 connections, 1 dataflow, 2 faults waiting" in words
    assert all(org in words for org in (ORG, OTHER_ORG))


def test_sandbox_filter_applies_to_every_list(emulator: EmulatorProcess, console: Console) -> None:
    tell(emulator)
    words = console.words(f"/?{urlencode({'org': ORG, 'sandbox': 'prod'})}")
    assert "1 connection, 0 dataflows" in words
    assert "Warehouse" in words
    assert "Orders lake" not in words
    assert "No request has come" in words


def test_search_finds_connections_by_name_source_and_id(emulator: EmulatorProcess, console: Console) -> None:
    story = tell(emulator)
    for text, name in (("WAREH", "Warehouse"), ("snowflake", "Warehouse"), (story.orders, "Orders lake")):
        assert name in console.words(f"/?text={text}")
        assert "1 connection," in console.words(f"/?text={text}")
    assert "No connection here has “nothing of the kind”" in console.words("/?text=nothing+of+the+kind")


@pytest.mark.parametrize("text", ["EVERY DAY", "acme.orders", "acme orders", "{flow}"])
def test_a_word_finds_dataflows_by_name_table_dataset_and_id(
    emulator: EmulatorProcess, console: Console, text: str
) -> None:
    story = tell(emulator)
    words = console.words(f"/?{urlencode({'text': text.format(flow=story.flow)})}")
    assert "0 connections, 1 dataflow" in words
    assert "Orders, every day" in words


def test_a_word_that_no_dataflow_has_hides_them(emulator: EmulatorProcess, console: Console) -> None:
    tell(emulator)
    words = console.words("/?text=warehouse")
    assert "1 connection, 0 dataflows" in words
    assert "No dataflow here has “warehouse”" in words


def test_of_very_many_connections_the_newest_are_shown_and_the_rest_counted(
    emulator: EmulatorProcess, console: Console
) -> None:
    for number in range(203):
        emulator.foreign_create(**lake(name=f"lake-{number:03}"))
    words = console.words("/")
    assert "The newest 200 of 203" in words
    assert ("lake-202" in words, "lake-002" in words) == (True, False)


def test_empty_overview_shows_the_first_steps(console: Console) -> None:
    words = console.words("/")
    assert "make up" in words
    assert "No dataflow." in words
    assert "No request has come." in words


def test_command_on_the_empty_overview_creates_a_connection(emulator: EmulatorProcess, console: Console) -> None:
    found = re.search(r"<pre[^>]*><code>(.*?)</code>", console.page("/"), re.DOTALL)
    assert found is not None
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", html.unescape(found[1])],
        env={**os.environ, "CLIENT_SECRET": SECRET}, capture_output=True, text=True, timeout=20, check=True,
    )  # fmt: skip
    (made,) = emulator.connections()
    assert made["id"] in done.stdout
    assert (made["name"], made["sandboxName"]) == ("Databricks connection to Experience Platform", "dev")


def test_connection_page_has_etag_parameters_and_history(emulator: EmulatorProcess, console: Console) -> None:
    story = tell(emulator)
    (kept,) = [each for each in emulator.connections() if each["id"] == story.orders]
    words = console.words(f"/console/connections/{story.orders}")
    assert kept["etag"] in words
    assert "accessToken ********" in words
    assert "clusterId 0714-091500-def456" in words
    assert "/auth/params/clusterId 0612-200003-abc123 → became 0714-091500-def456" in words
    assert "/auth/params/accessToken changed, a secret" in words
    assert "412" in words
    assert "No source connection: it can be deleted." in words


def test_page_of_a_connection_in_use_names_its_dependents(adobe: AdobeClient, console: Console) -> None:
    way = Way(adobe)
    way.made("/flows", way.flow())
    words = console.words(f"/console/connections/{way.base}")
    copy = "Copy the id of source connection 1"
    assert f"acme.orders source connection {way.source} {copy} → orders daily enabled" in words


def test_page_of_a_deleted_connection_shows_its_history(emulator: EmulatorProcess, console: Console) -> None:
    story = tell(emulator)
    words = console.words(f"/console/connections/{story.deleted}")
    assert "Trial" in words
    assert "This connection is gone" in words
    assert "DELETE" in words
    assert "No source connection." in words


def test_dataflow_page_has_its_connections_and_runs(emulator: EmulatorProcess, console: Console) -> None:
    story = tell(emulator)
    words = console.words(f"/console/dataflows/{story.flow}")
    assert "Base connection lake Table acme.orders Mapping 3 columns Dataset ACME orders" in words
    assert "every day" in words
    assert "the source refused the credentials" in words
    assert "order_id _id" in words
    assert "success 5 5 from the beginning" in words


@pytest.mark.parametrize("page", ["/", "/console/dataflows/{flow}", "/console/connections/{base}"])
def test_due_run_is_made_when_the_console_is_opened(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console, page: str
) -> None:
    way = Way(adobe)
    plan = way.flow()["scheduleParams"]
    just_passed = {**plan, "startTime": str(int(plan["startTime"]) - 120)}
    flow = way.made("/flows", way.flow(scheduleParams=just_passed))
    console.page(page.format(flow=flow, base=way.base))
    assert len(emulator.rows(DATASET)) == 5
    assert "success 5 5" in console.words(f"/console/dataflows/{flow}")


def test_initializing_connection_is_shown_without_its_etag_and_the_view_counts_as_no_read(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    emulator.switch(initializing=2)
    made = adobe.create()["id"]
    for _ in range(5):
        assert "none while initializing" in console.words(f"/console/connections/{made}")
        assert "initializing" in console.words("/")
    assert [adobe.read(made)["state"] for _ in range(3)] == ["initializing", "initializing", "enabled"]


def test_journal_shows_one_page_at_a_time_newest_first(adobe: AdobeClient, console: Console) -> None:
    for number in range(60):
        adobe.get(f"/connections/none-{number:02}")
    first = console.page("/console/journal")
    older = re.search(r'id="older" href="([^"]+)"', first)
    assert older is not None
    second = console.page(html.unescape(older[1]))
    assert ("none-59" in first, "none-10" in first, "none-09" in first) == (True, True, False)
    assert ("none-09" in second, "none-10" in second, "/ims/token/v3" in second) == (True, False, True)


def test_journal_can_be_filtered(emulator: EmulatorProcess, console: Console) -> None:
    tell(emulator)
    assert "/ims/token/v3" not in console.page("/console/journal?only=effects")
    refused = console.words("/console/journal?only=errors")
    assert ("412" in refused, "201" in refused) == (True, False)
    assert "/flows" not in console.page("/console/journal?text=mappingSets").split("<table")[1]
    assert "No such request." in console.words(f"/console/journal?{urlencode({'org': OTHER_ORG, 'sandbox': 'dev'})}")
    assert "Show all" in console.words("/console/journal?method=PUT")


def test_request_page_links_to_the_entity_that_it_changed(adobe: AdobeClient, console: Console) -> None:
    made = adobe.create()["id"]
    number = re.findall(r'href="/console/journal/(\d+)"', console.page("/console/journal"))[0]
    page = console.page(f"/console/journal/{number}")
    assert f'href="/console/connections/{made}"' in page
    assert '"clusterId": "c-1"' in html.unescape(page)


@pytest.mark.parametrize(
    "path", ["x", "connections/x", "dataflows/x", "datasets/x", "journal/x", "journal/" + "9" * 20]
)
def test_a_page_that_is_not_there_says_so_and_leads_back(console: Console, path: str) -> None:
    answer = console.ask(f"/console/{path}")
    assert answer.status_code == 404
    assert "Not found" in answer.text
    assert 'href="/"' in answer.text


def test_paths_outside_the_console_get_adobes_errors(console: Console) -> None:
    answer = console.ask("/elsewhere")
    assert (answer.status_code, set(answer.json())) == (404, {"errorMessage", "errorDetails"})


def test_every_link_of_the_console_has_a_target(emulator: EmulatorProcess, console: Console) -> None:
    tell(emulator)
    every = console.everywhere()
    assert len(every) > 30
    assert [path for path in every if console.ask(path).status_code != 200] == ["/console/nowhere"]


def test_malformed_entity_does_not_break_a_page(emulator: EmulatorProcess, console: Console) -> None:
    """The control paths check nothing."""
    for body in ({}, {"name": {"a": 1}, "auth": "text", "connectionSpec": 7}, {"name": "\ud800", "sandbox": "made-up"}):
        made = emulator.foreign_create(**body)["id"]
        assert console.ask(f"/console/connections/{made}").status_code == 200
    assert "3 connections" in console.words("/")


def test_malformed_dataflow_is_shown(emulator: EmulatorProcess, adobe: AdobeClient, console: Console) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow())
    broken = {"scheduleParams": "never", "transformations": 1, "name": None, "sourceConnectionIds": ["x"]}
    emulator.foreign_edit(flow, [each for name, value in broken.items() for each in replace(f"/{name}", value)])
    emulator.foreign_delete(way.base)
    assert "(no name)" in console.words("/")
    assert "Nothing is planned." in console.words(f"/console/dataflows/{flow}")
