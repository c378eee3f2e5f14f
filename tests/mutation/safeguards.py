"""The safeguards of the provider: what takes each out of the code, and the test that must fail then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Safeguard:
    """``old`` stands once in ``file``, and ``new`` in its place is the code without the safeguard."""

    name: str
    file: str
    without: str
    old: str
    new: str
    test: str

    @property
    def row(self) -> str:
        """Its line in docs/mutation.md."""
        return f"| {self.name} | `{self.file}`: {self.without} | `{self.test}` |"


SAFEGUARDS: Final = (
    Safeguard(
        "the look-up",
        "lifecycle/candidate.py",
        "nothing is there already",
        "    found = job.run.existing.named(job.scope, job.name) if job.scope else []\n",
        "    found = []\n",
        "test_making.py::test_what_is_there_already_is_refused_with_its_id_and_the_command_that_adopts_it",
    ),
    Safeguard(
        "the claims",
        "lifecycle/claims.py",
        "nobody holds anything",
        "return id_ in self._names\n",
        "return False\n",
        "test_making.py::test_two_resources_of_one_name_and_spec_are_one_too_many",
    ),
    Safeguard(
        "the rollback",
        "lifecycle/making.py",
        "what ended badly stays",
        "        remove(job, id_)\n",
        "        pass\n",
        "test_making.py::test_a_connection_that_ends_in_a_failed_state_is_deleted_again",
    ),
    Safeguard(
        "the etag",
        "flow_service/client.py",
        "no `If-Match`",
        ', headers={"If-Match": etag})',
        ")",
        "test_changing.py::test_an_update_is_one_patch_and_no_get",
    ),
    Safeguard(
        "the redaction",
        "flow_service/redaction.py",
        "texts stay as they are",
        "    def redact(self, text: str) -> str:\n",
        "    def redact(self, text: str) -> str:\n        return text\n",
        "test_making.py::test_a_check_shows_no_secret_that_the_service_echoes",
    ),
    Safeguard(
        "the retry's method check",
        "flow_service/retry.py",
        "a POST is repeated like a GET",
        "return repeatable and may_have",
        "return may_have",
        "test_making.py::test_a_post_whose_answer_is_lost_is_found_and_not_repeated",
    ),
    Safeguard(
        "the look after a lost answer",
        "lifecycle/making.py",
        "nothing was made",
        "    if not new:\n",
        "    if True:\n",
        "test_making.py::test_a_post_whose_answer_is_lost_is_found_and_not_repeated",
    ),
    Safeguard(
        "the id of what is unfinished",
        "lifecycle/making.py",
        "the error alone",
        "raise Unfinished(_but(job, id_, error), id_, begun) from None",
        "raise error",
        "test_making.py::test_what_cannot_be_read_back_keeps_its_id_and_the_next_update_finishes_it",
    ),
    Safeguard(
        "the id after a defect of ours",
        "lifecycle/making.py",
        "the error alone",
        "raise Unfinished(told, written.id, begun) from None",
        "raise told",
        "test_unfinished.py::test_a_defect_after_the_post_keeps_the_id_and_tells_no_secret",
    ),
    Safeguard(
        "the etag of what nobody has seen",
        "lifecycle/conflict.py",
        "nobody else has written",
        "return self.moved or not (",
        "return False and not (",
        "test_unseen_changes.py::test_a_change_of_somebody_else_is_told_and_still_refused_by_the_next_update",
    ),
    Safeguard(
        "the mark of another stack",
        "lifecycle/ownership.py",
        "everything is ours",
        "    if other and stack_of",
        "    if False and stack_of",
        "test_changing.py::test_a_change_of_what_another_stack_has_marked_meanwhile_is_refused",
    ),
    Safeguard(
        "the place",
        "lifecycle/run.py",
        "any organization and sandbox",
        "if made_in and made_in != now:",
        "if False:",
        "test_changing.py::test_another_place_is_refused_before_anything_is_sent",
    ),
    Safeguard(
        "the guard of dataflows",
        "lifecycle/removing.py",
        "nothing hangs on it",
        "    if flows and not job",
        "    if False and not job",
        "test_removing.py::test_dataflows_on_it_are_named_and_nothing_is_deleted",
    ),
)
