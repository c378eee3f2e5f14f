"""The requests that create, change and delete the throw-away connection.

One step follows the other; a step that gets no clear answer ends the writing, and the deletion follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.probe import read_steps
from adobe_flow.probe.cleanup import Cleanup
from adobe_flow.probe.client import ProbeClient, ProbeResponse
from adobe_flow.probe.record import CreateAttempt, ObservedWork, ProbeRecord
from adobe_flow.probe.throw_away import HTTP_API, INVALID, PASSWORD, SFTP, ThrowAwayEntities, get_valid_id
from adobe_flow.probe.work import ConnectionWatch, find_in_list

SECOND_OF_NAME: Final = "a second create with the same name"
WITHOUT_IF_MATCH: Final = "a PATCH without If-Match"
WITHOUT_QUOTES: Final = "a PATCH whose etag has no quotes"
EMPTY_DESCRIPTION: Final = "a PATCH to an empty description"
NEW_PARAMS: Final = "a PATCH of the auth parameters"
CHANGED_AGAIN: Final = "another PATCH of the description"
EMPTIED: Final = "the connection with an empty description"
DELETED: Final = "a DELETE"
EXPLORED_ROOT: Final = "the files behind the connection"
EXPLORED_MISSING: Final = "a file that does not exist"

MADE_UP: Final = "made-up"
_FAILURES: Final = frozenset({500, 502, 503, 504})
_ATTEMPTS: Final = (
    (SFTP, INVALID, False),
    (SFTP, INVALID, True),
    (SFTP, MADE_UP, False),
    (SFTP, MADE_UP, True),
    (HTTP_API, "", False),
    (HTTP_API, "", True),
)
"""Source, secret, and whether the body names the version of the connection spec: the first that works is used."""


class WriteStepFailed(Exception):
    """A write of the probe failed, so the later steps are skipped; the text has the reason."""


@dataclass
class WriteSteps:
    """The steps that create, change and delete the throw-away connection."""

    client: ProbeClient
    record: ProbeRecord
    throw_away: ThrowAwayEntities
    cleanup: Cleanup
    seconds: float
    id: str = ""
    etag: str | None = None

    def run(self) -> None:
        """Create, change and delete the connection. Raises nothing: the record has the reason of an early end."""
        try:
            self._create_connection()
            self._create_second()
            self._change_connection()
            self._delete_connection()
        except WriteStepFailed as reason:
            self.record.stopped = str(reason)

    def _create_connection(self) -> None:
        has_failed = False
        for source, secret, with_version in _ATTEMPTS:
            if has_failed and source == SFTP:
                continue
            body = self.throw_away.build_body(source, secret, with_version=with_version)
            answer = self._post_connection(body)
            self.record.attempts.append(CreateAttempt(source, secret, with_version, answer))
            if answer.is_success:
                self.record.sent_params = body["auth"]["params"]
                self.record.secret_param = PASSWORD if source == SFTP else ""
                break
            if answer.status in _FAILURES and not has_failed:
                # The connector may fail on a source that does not exist. An inlet has none.
                has_failed = True
            elif not answer.is_refusal:
                raise WriteStepFailed(f"the create was answered with {answer.describe_status()}")
        else:
            refused = ", ".join(dict.fromkeys(attempt.answer.describe_status() for attempt in self.record.attempts))
            raise WriteStepFailed(f"Flow Service refused to create a connection: {refused}")
        self._store_receipt(answer)
        watch = ConnectionWatch(self.client, self.throw_away, self.id, self.etag, self.seconds)
        self.record.creation = watch.run(until_listed=True)
        self.record.list_lag = watch.list_lag
        self._store_final_etag(self.record.creation)
        self._read_by_id_and_list()
        self._test_connection()

    def _post_connection(self, body: Mapping[str, Any]) -> ProbeResponse:
        self.cleanup.is_in_flight = True
        answer = self.client.send("POST", "connections", json=body)
        created = get_valid_id(answer.body) if answer.is_success and isinstance(answer.body, Mapping) else None
        if created is not None:
            self.cleanup.created.append(created)
        if answer.is_unclear or (answer.is_success and created is None):
            self.cleanup.is_uncertain = True
        self.cleanup.is_in_flight = False
        return answer

    def _store_receipt(self, answer: ProbeResponse) -> None:
        """Store the id and the etag that the response to a write has."""
        body = answer.body if isinstance(answer.body, Mapping) else {}
        id_, etag = get_valid_id(body), body.get("etag")
        if id_ is None or (self.id and id_ != self.id):
            raise WriteStepFailed("a write was answered without the id of the connection")
        self.id, self.etag = id_, etag if isinstance(etag, str) else None

    def _store_final_etag(self, work: ObservedWork) -> None:
        """Store the etag that the connection has when Flow Service has finished its work."""
        if work.entity is None:
            raise WriteStepFailed(work.reason)
        etag = work.entity.get("etag")
        self.etag = etag if isinstance(etag, str) else self.etag

    def _read_by_id_and_list(self) -> None:
        """Read the throw-away connection by its id and in a list, if the sandbox had no connection before."""
        listed = find_in_list(self.client, self.id)
        if listed is not None:
            read_steps.read_one_connection(self.client, self.record, ProbeResponse(200, {"items": [listed]}))
        if not self.record.has_connections():
            self.record.pages["connections"] = self.client.send("GET", "connections")
            read_steps.ask_about_requests(self.client, self.record)

    def _create_second(self) -> None:
        """Create a second connection with the same name, and delete it again immediately."""
        accepted = self.record.attempts[-1]
        body = self.throw_away.build_body(accepted.source, accepted.secret, with_version=accepted.with_version)
        answer = self.record.answers[SECOND_OF_NAME] = self._post_connection(body)
        if not answer.is_success:
            return
        created = [id_ for id_ in self.cleanup.created if id_ != self.id]
        if created:
            etag = answer.body.get("etag")
            watch = ConnectionWatch(
                self.client, self.throw_away, created[-1], etag if isinstance(etag, str) else None, self.seconds
            )
            self.record.creation = _confirm_end_of_work(watch, self.record.creation)
            watch.run(until_listed=True)
            query = (("property", f"name=={self.throw_away.name}"),)
            read_steps.ask_about_order(self.client, self.record, query)
        for id_ in created:
            self.cleanup.delete(id_)

    def _change_connection(self) -> None:
        description = [{"op": "replace", "path": "/description", "value": f"{self.throw_away.description} Changed."}]
        if not self._patch_connection(WITHOUT_IF_MATCH, description, None):
            self._patch_connection(WITHOUT_QUOTES, description, (self.etag or "").strip('"'))
        emptied = [{"op": "replace", "path": "/description", "value": ""}]
        if self._patch_connection(EMPTY_DESCRIPTION, emptied, self.etag):
            self.record.answers[EMPTIED] = self.client.send("GET", "connections", self.id)
        if self.record.secret_param and self.record.attempts[-1].secret == INVALID:
            params = [{"op": "replace", "path": "/auth/params", "value": self.throw_away.build_params(SFTP, MADE_UP)}]
            if self._patch_connection(NEW_PARAMS, params, self.etag):
                self._test_connection(MADE_UP)
        if self.record.update is not None and len(self.record.update.durations) > 1:
            self._patch_connection(CHANGED_AGAIN, description, self.etag)
        self._explore_connection()

    def _patch_connection(self, name: str, operations: list[dict[str, Any]], etag: str | None) -> bool:
        """Change the connection, wait until Flow Service has finished, and return whether it was changed."""
        headers = {} if etag is None else {"If-Match": etag}
        answer = self.record.answers[name] = self.client.send(
            "PATCH", "connections", self.id, json=operations, headers=headers
        )
        if answer.is_unclear:
            raise WriteStepFailed(f"a change was answered with {answer.describe_status()}")
        if not answer.is_success:
            return False
        self._store_receipt(answer)
        watch = ConnectionWatch(self.client, self.throw_away, self.id, self.etag, self.seconds)
        self.record.update = _confirm_end_of_work(watch, self.record.update)
        work = watch.run()
        self.record.update = self.record.update or work
        self._store_final_etag(work)
        return True

    def _test_connection(self, secret: str = "") -> None:
        answer = self.client.send("GET", "connections", self.id, "test")
        self.record.tests.append((secret or self.record.attempts[-1].secret, answer))

    def _explore_connection(self) -> None:
        query = [("objectType", "root")]
        root = self.record.answers[EXPLORED_ROOT] = self.client.send(
            "GET", "connections", self.id, "explore", query=query
        )
        if root.is_success:
            query = [("objectType", "file"), ("object", "adobe-flow-probe-missing.csv"), ("fileType", "delimited")]
            self.record.answers[EXPLORED_MISSING] = self.client.send(
                "GET", "connections", self.id, "explore", query=query
            )

    def _delete_connection(self) -> None:
        answer = self.cleanup.delete(self.id)
        if answer is not None:
            self.record.answers[DELETED] = answer


def _confirm_end_of_work(watch: ConnectionWatch, work: ObservedWork | None) -> ObservedWork | None:
    """Find out with a second watch whether reads or time ended the work, if the first watch left that open."""
    return watch.confirm(work) if work is not None and len(work.durations) > 1 else work
