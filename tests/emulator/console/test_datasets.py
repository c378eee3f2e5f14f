"""The pages of datasets and their rows."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from tests.emulator.adobe_client import ORG, AdobeClient
from tests.emulator.console.console_client import Console
from tests.emulator.console.story import tell
from tests.emulator.dataflows.way import DATASET, Way
from tests.emulator_process import EmulatorProcess


def test_a_dataset_has_its_page_with_its_rows_the_newest_first(emulator: EmulatorProcess, console: Console) -> None:
    story = tell(emulator)
    (path,) = {html.unescape(link) for link in re.findall(r'href="(/console/datasets/[^"]*)"', console.page("/"))}

    words = console.words(path)

    (first, *_, last) = (row["_id"] for row in emulator.rows(DATASET))
    assert "5 rows" in words
    assert "_id timestamp _acme.amount" in words
    assert words.index(last) < words.index(first)
    assert f'href="/console/dataflows/{story.flow}"' in console.page(path)


def test_of_very_many_rows_the_newest_are_shown_and_the_rest_counted(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    way = Way(adobe)
    way.made("/flows", way.flow())
    for number in range(13):
        way.made("/flows", way.flow(name=f"again {number}"))
    emulator.turn_clock(120)
    words = console.words(f"/console/datasets/{DATASET}?{urlencode({'org': ORG, 'sandbox': 'dev'})}")
    assert "The newest 50 of 70" in words


def test_a_dataset_that_is_gone_has_no_page_and_no_link(adobe: AdobeClient, console: Console) -> None:
    way = Way(adobe)
    way.made("/flows", way.flow())
    assert f"/console/datasets/{DATASET}" in console.page("/")
    assert console.ask(f"/console/datasets/{DATASET}").status_code == 404  # it names no sandbox
    way.neighbour("DELETE", f"/catalog/dataSets/{DATASET}")
    assert console.ask(f"/console/datasets/{DATASET}?{urlencode({'org': ORG, 'sandbox': 'dev'})}").status_code == 404
    assert "/console/datasets/" not in console.page("/")
