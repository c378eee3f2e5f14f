"""Puts a report under the pull request that this pipeline runs for, in the place of the one before.

    python ci/comment.py plan.md

Only a comment of the pipeline's own is replaced: anybody may write one that begins with the mark of a report.

GitHub: REST API "Issue comments". GitLab: "Notes API", merge requests. Azure DevOps: "Pull Request Threads" 7.1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

_SECONDS = 30
_PAGE = 100


class Service:
    """A REST API, spoken to with the token of the pipeline."""

    def __init__(self, address: str, **headers: str) -> None:
        """``address`` is that of the pull request's comments."""
        self.address = address
        self._session = requests.Session()
        self._session.headers.update(headers)

    def ask(self, method: str, address: str, **more: Any) -> Any:
        """One request and its JSON; an error ends the program, without the token."""
        answer = self._session.request(method, address, timeout=_SECONDS, **more)
        if not answer.ok:
            sys.exit(f"{method} {address}: {answer.status_code} {answer.reason}. May the token write comments?")
        return answer.json()

    def pages(self) -> Iterator[dict[str, Any]]:
        """All comments, where the service gives them in pages by number."""
        page = 1
        while found := self.ask("GET", self.address, params={"per_page": _PAGE, "page": page}):
            yield from found
            page += 1


def github(text: str) -> None:
    """Needs GITHUB_TOKEN with `pull-requests: write`; with the token of another app, COMMENT_AUTHOR is its login."""
    env = os.environ
    repository = f"{env['GITHUB_API_URL']}/repos/{env['GITHUB_REPOSITORY']}/issues"
    number = env["GITHUB_REF"].split("/")[2]
    service = Service(f"{repository}/{number}/comments", Authorization=f"Bearer {env['GITHUB_TOKEN']}")
    own = env.get("COMMENT_AUTHOR", "github-actions[bot]")
    known = [
        each["id"]
        for each in service.pages()
        # The user is null where the account is gone.
        if (each["user"] or {}).get("login") == own and _has_the_mark(each["body"], text)
    ]
    if known:
        service.ask("PATCH", f"{repository}/comments/{known[0]}", json={"body": text})
    else:
        service.ask("POST", service.address, json={"body": text})


def gitlab(text: str) -> None:
    """Needs COMMENT_TOKEN, a project access token with the scope `api`: the job's own token may not write notes."""
    env = os.environ
    merge_request = f"{env['CI_API_V4_URL']}/projects/{env['CI_PROJECT_ID']}/merge_requests"
    address = f"{merge_request}/{env['CI_MERGE_REQUEST_IID']}/notes"
    service = Service(address, **{"PRIVATE-TOKEN": env["COMMENT_TOKEN"]})
    own = service.ask("GET", f"{env['CI_API_V4_URL']}/user")["id"]
    known = [
        each["id"] for each in service.pages() if each["author"]["id"] == own and _has_the_mark(each["body"], text)
    ]
    if known:
        service.ask("PUT", f"{address}/{known[0]}", json={"body": text})
    else:
        service.ask("POST", address, json={"body": text})


def azure(text: str) -> None:
    """Needs SYSTEM_ACCESSTOKEN; the build service needs "Contribute to pull requests" on the repository."""
    env = os.environ
    repository = f"{env['SYSTEM_COLLECTIONURI']}{env['SYSTEM_TEAMPROJECTID']}/_apis/git/repositories"
    pull_request = f"{repository}/{env['BUILD_REPOSITORY_ID']}/pullRequests/{env['SYSTEM_PULLREQUEST_PULLREQUESTID']}"
    service = Service(f"{pull_request}/threads", Authorization=f"Bearer {env['SYSTEM_ACCESSTOKEN']}")
    version = {"api-version": "7.1"}
    connection = f"{env['SYSTEM_COLLECTIONURI']}_apis/connectionData"
    own = service.ask("GET", connection, params={"api-version": "7.1-preview"})["authenticatedUser"]["id"]
    threads = service.ask("GET", service.address, params=version)["value"]
    known = [
        (thread["id"], each["id"])
        for thread in threads
        for each in thread["comments"][:1]
        if each["author"]["id"] == own and _has_the_mark(each.get("content") or "", text)
    ]
    if known:
        thread, comment = known[0]
        address = f"{service.address}/{thread}/comments/{comment}"
        service.ask("PATCH", address, params=version, json={"content": text})
    else:
        comment = {"parentCommentId": 0, "content": text, "commentType": 1}
        service.ask("POST", service.address, params=version, json={"comments": [comment], "status": "closed"})


def _has_the_mark(body: str, text: str) -> bool:
    """A report of the same stack: both begin with the same mark."""
    return body.partition("\n")[0].strip() == text.partition("\n")[0].strip()


def main(file: str) -> None:
    """Find out which service this is, by the variables that each sets."""
    text = Path(file).read_text(encoding="utf-8")
    for variable, put in (("GITHUB_ACTIONS", github), ("GITLAB_CI", gitlab), ("TF_BUILD", azure)):
        if os.environ.get(variable):
            put(text)
            return
    sys.exit("This is no pipeline of GitHub, GitLab or Azure DevOps.")


if __name__ == "__main__":
    main(sys.argv[1])
