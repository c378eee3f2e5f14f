"""A person at the console, without a browser."""

from __future__ import annotations

import html
import re

import requests

from tests.emulator_process import EmulatorProcess

PAGES = ("/", "/console/journal", "/console/faults", "/console/nowhere")


class Console:
    """Reads pages, and sends forms as a browser does."""

    def __init__(self, emulator: EmulatorProcess) -> None:
        self.url = emulator.url

    def ask(self, path: str, **headers: str) -> requests.Response:
        return requests.get(f"{self.url}{path}", headers=headers, timeout=10)

    def page(self, path: str) -> str:
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def words(self, path: str) -> str:
        """What stands on the page, without its markup."""
        return words(self.page(path))

    def send(self, to: str, **fields: str) -> requests.Response:
        """A form of our own page, as a browser sends it."""
        own = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        return requests.post(f"{self.url}{to}", data=fields, headers=own, timeout=10, allow_redirects=False)

    def everywhere(self) -> list[str]:
        """The paths of all pages that links lead to, from the first page on, the files in them included."""
        found, todo = set(PAGES), list(PAGES)
        while todo:
            for link in re.findall(r'(?:href|src)="(/[^"#]*)"', self.ask(todo.pop()).text):
                path = html.unescape(link)
                if path not in found:
                    found.add(path)
                    todo.append(path)
        return sorted(found)


def words(markup: str) -> str:
    """The text of a page, its white space drawn together."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup)))
