"""Post a report as a comment on the pull request of this pipeline, in place of the previous report.

    python ci/comment.py plan.md

Only a comment of the pipeline itself is replaced, because anybody may write one that begins with the mark of a report.

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
    """A REST API, with the token of the pipeline."""

    def __init__(self, address: str, **headers: str) -> None:
        """Create the client; ``address`` is that of the comments of the pull request."""
        self.address = address
        self._session = requests.Session()
        self._session.headers.update(headers)

    def request(self, method: str, address: str, **options: Any) -> Any:
        """Send a request and return its JSON. An error ends the program without showing the token."""
        response = self._session.request(method, address, timeout=_SECONDS, **options)
        if not response.ok:
            problem = f"{method} {address}: {response.status_code} {response.reason}"
            sys.exit(f"{problem}. Check whether the token may write comments.")
        return response.json()

    def list_comments(self) -> Iterator[dict[str, Any]]:
        """Yield all comments of a service that numbers its pages."""
        page = 1
        while comments := self.request("GET", self.address, params={"per_page": _PAGE, "page": page}):
            yield from comments
            page += 1


def post_to_github(text: str) -> None:
    """Post the report to GitHub.

    It needs GITHUB_TOKEN with `pull-requests: write`, and with the token of another app its login in COMMENT_AUTHOR.
    """
    env = os.environ
    repository = f"{env['GITHUB_API_URL']}/repos/{env['GITHUB_REPOSITORY']}/issues"
    number = env["GITHUB_REF"].split("/")[2]
    service = Service(f"{repository}/{number}/comments", Authorization=f"Bearer {env['GITHUB_TOKEN']}")
    own_login = env.get("COMMENT_AUTHOR", "github-actions[bot]")
    old_reports = [
        comment["id"]
        for comment in service.list_comments()
        # The user is null if the account is deleted.
        if (comment["user"] or {}).get("login") == own_login and _has_same_mark(comment["body"], text)
    ]
    if old_reports:
        service.request("PATCH", f"{repository}/comments/{old_reports[0]}", json={"body": text})
    else:
        service.request("POST", service.address, json={"body": text})


def post_to_gitlab(text: str) -> None:
    """Post the report to GitLab.

    It needs COMMENT_TOKEN, a project access token with the scope `api`: the token of the job may not write notes.
    """
    env = os.environ
    merge_request = f"{env['CI_API_V4_URL']}/projects/{env['CI_PROJECT_ID']}/merge_requests"
    address = f"{merge_request}/{env['CI_MERGE_REQUEST_IID']}/notes"
    service = Service(address, **{"PRIVATE-TOKEN": env["COMMENT_TOKEN"]})
    own_id = service.request("GET", f"{env['CI_API_V4_URL']}/user")["id"]
    old_reports = [
        note["id"]
        for note in service.list_comments()
        if note["author"]["id"] == own_id and _has_same_mark(note["body"], text)
    ]
    if old_reports:
        service.request("PUT", f"{address}/{old_reports[0]}", json={"body": text})
    else:
        service.request("POST", address, json={"body": text})


def post_to_azure(text: str) -> None:
    """Post the report to Azure DevOps.

    It needs SYSTEM_ACCESSTOKEN, and the build service needs "Contribute to pull requests" on the repository.
    """
    env = os.environ
    repository = f"{env['SYSTEM_COLLECTIONURI']}{env['SYSTEM_TEAMPROJECTID']}/_apis/git/repositories"
    pull_request = f"{repository}/{env['BUILD_REPOSITORY_ID']}/pullRequests/{env['SYSTEM_PULLREQUEST_PULLREQUESTID']}"
    service = Service(f"{pull_request}/threads", Authorization=f"Bearer {env['SYSTEM_ACCESSTOKEN']}")
    version = {"api-version": "7.1"}
    connection = f"{env['SYSTEM_COLLECTIONURI']}_apis/connectionData"
    own_id = service.request("GET", connection, params={"api-version": "7.1-preview"})["authenticatedUser"]["id"]
    threads = service.request("GET", service.address, params=version)["value"]
    old_reports = [
        (thread["id"], comment["id"])
        for thread in threads
        for comment in thread["comments"][:1]
        if comment["author"]["id"] == own_id and _has_same_mark(comment.get("content") or "", text)
    ]
    if old_reports:
        thread_id, comment_id = old_reports[0]
        address = f"{service.address}/{thread_id}/comments/{comment_id}"
        service.request("PATCH", address, params=version, json={"content": text})
    else:
        new_comment = {"parentCommentId": 0, "content": text, "commentType": 1}
        service.request("POST", service.address, params=version, json={"comments": [new_comment], "status": "closed"})


def _has_same_mark(body: str, text: str) -> bool:
    """Return whether both texts are reports of the same stack, which begin with the same mark."""
    return body.partition("\n")[0].strip() == text.partition("\n")[0].strip()


def main(file: str) -> None:
    """Post the report to the service of this pipeline, which the environment variables show."""
    text = Path(file).read_text(encoding="utf-8")
    services = (("GITHUB_ACTIONS", post_to_github), ("GITLAB_CI", post_to_gitlab), ("TF_BUILD", post_to_azure))
    for variable, post in services:
        if os.environ.get(variable):
            post(text)
            return
    sys.exit("This is not a pipeline of GitHub, GitLab or Azure DevOps. Run it in one of them.")


if __name__ == "__main__":
    main(sys.argv[1])
