"""The safeguards of the provider: how to remove each from the code, and the test that must then fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Safeguard:
    """One safeguard. ``old`` occurs once in ``file``; with ``new`` in its place, the code lacks the safeguard."""

    name: str
    file: str
    without: str
    old: str
    new: str
    test: str

    @property
    def row(self) -> str:
        """The row of the safeguard in docs/explanation/mutation.md."""
        return f"| {self.name} | `{self.file}`: {self.without} | `{self.test}` |"


SAFEGUARDS: Final = (
    Safeguard(
        "the look-up of existing entities",
        "lifecycle/duplicates.py",
        "no entity exists",
        "operation.context.existing_entities.find_by_name(operation.scope, operation.name, max_age)",
        "[]",
        "test_duplicates.py::test_create_refuses_an_existing_entity_with_its_id_and_the_command_that_adopts_it",
    ),
    Safeguard(
        "the age of the list",
        "lifecycle/duplicates.py",
        "a list never grows old",
        "_list_existing(operation, MAX_AGE)",
        "_list_existing(operation)",
        "test_duplicate_warnings.py::test_a_list_that_is_older_than_ten_seconds_is_read_again_before_a_post",
    ),
    Safeguard(
        "the warning of a second entity",
        "lifecycle/duplicate_warnings.py",
        "there is no other",
        "    if not others:\n",
        "    if True:\n",
        "test_duplicate_warnings.py::test_second_of_two_stacks_that_create_at_the_same_time_gets_a_warning",
    ),
    Safeguard(
        "the etag of the POST",
        "lifecycle/confirm.py",
        "the newest etag is kept",
        'return {**entity, "etag": write_result.etag}',
        "return entity",
        "cache/test_newest_pages.py::test_the_etag_of_the_post_is_kept_so_that_a_foreign_change_after_it_is_not_overwritten",
    ),
    Safeguard(
        "the item of a list",
        "lifecycle/confirm.py",
        "every item is complete",
        "is_complete(schema, operation.inputs, listed_entity)",
        "True",
        "cache/test_newest_pages.py::test_an_item_that_lacks_what_a_read_by_id_shows_is_not_used",
    ),
    Safeguard(
        "the predecessor of a replacement",
        "lifecycle/duplicates.py",
        "a predecessor is a duplicate",
        'if entity["id"] not in predecessor_ids]',
        "]",
        "test_replacements.py::test_a_successor_is_created_beside_its_predecessor_which_can_then_be_deleted",
    ),
    Safeguard(
        "the claims",
        "lifecycle/claims.py",
        "no entity is claimed",
        "return id_ in self._claimed_names\n",
        "return False\n",
        "test_duplicates.py::test_two_resources_cannot_declare_one_name_and_spec",
    ),
    Safeguard(
        "the rollback",
        "lifecycle/create.py",
        "a failed entity is not deleted",
        "        delete_and_confirm(operation, id_)\n",
        "        pass\n",
        "test_create.py::test_create_deletes_an_entity_that_ends_in_a_failed_state",
    ),
    Safeguard(
        "the etag",
        "flow_service/client.py",
        "no `If-Match`",
        ', headers={"If-Match": etag})',
        ")",
        "test_update.py::test_update_sends_one_patch_with_the_etag_and_reads_the_result_once",
    ),
    Safeguard(
        "the redaction",
        "flow_service/redaction.py",
        "texts are not changed",
        "    def redact(self, text: str) -> str:\n",
        "    def redact(self, text: str) -> str:\n        return text\n",
        "test_create_warnings.py::test_a_warning_redacts_a_secret_that_the_service_echoes",
    ),
    Safeguard(
        "the retry's method check",
        "flow_service/retry.py",
        "a POST is retried like a GET",
        "return idempotent and may_have",
        "return may_have",
        "test_create_lost_response.py::test_a_post_whose_response_is_lost_is_looked_up_and_not_repeated",
    ),
    Safeguard(
        "the look-up after a lost response",
        "lifecycle/create.py",
        "nothing was created",
        "    if not new_entities:\n",
        "    if True:\n",
        "test_create_lost_response.py::test_a_post_whose_response_is_lost_is_looked_up_and_not_repeated",
    ),
    Safeguard(
        "the id after a partial failure",
        "lifecycle/create.py",
        "the error has no id",
        "raise PartialFailure(_explain_failed_create(operation, id_, error), id_, initial_outputs) from error",
        "raise error",
        "test_create.py::test_create_keeps_the_id_of_an_entity_that_it_cannot_read_and_the_next_update_continues",
    ),
    Safeguard(
        "the id after an unexpected error",
        "lifecycle/create.py",
        "the error has no id",
        "raise PartialFailure(explained_error, write_result.id, initial_outputs) from error",
        "raise explained_error",
        "test_create.py::test_create_keeps_the_id_and_shows_no_secret_after_an_unexpected_error",
    ),
    Safeguard(
        "the etag of an unseen change",
        "lifecycle/conflict.py",
        "nobody else has written",
        "return self.is_changed or not (",
        "return False and not (",
        "test_update_without_patch.py::test_a_foreign_change_is_shown_and_the_next_update_still_refuses_to_overwrite_it",
    ),
    Safeguard(
        "the ownership of another stack",
        "lifecycle/ownership.py",
        "every entity is ours",
        "    if recorded_owner and get_stack_name",
        "    if False and get_stack_name",
        "test_update.py::test_update_refuses_an_entity_that_another_stack_now_owns",
    ),
    Safeguard(
        "the organization and the sandbox",
        "lifecycle/context.py",
        "every place is accepted",
        "if recorded and recorded != configured:",
        "if False:",
        "test_lifecycle.py::test_another_place_is_refused_before_any_request",
    ),
    Safeguard(
        "the refusal of a connection in use",
        "lifecycle/delete.py",
        "no dataflow uses the connection",
        "    if dataflows and not operation",
        "    if False and not operation",
        "test_delete_used_connections.py::test_delete_refuses_a_connection_in_use_and_names_its_dataflows",
    ),
)
