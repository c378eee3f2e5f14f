"""The life cycle of a landing zone's credentials: nothing is created or deleted at Adobe, and reading may renew.

A GET of the credentials renews a token that has ended, which stops every cluster that has the old one. So a read sends
it before the stored expiry only, and a renewal is always an update that the engine shows and records. The state holds
the reason for it before Adobe is asked: an expiry that is near, or a note. So a run that is killed after Adobe has
renewed the token, and before the state has the new one, leaves a state whose next update renews once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.errors import AdobeError, Cancelled
from pulumi_adobe.expiry import days_until, describe_expiry, expires_within, has_expired, validate_expiry
from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, Unavailable, UnexpectedResponse
from pulumi_adobe.flow_service.platform_apis import LandingZone, get_landing_zone, renew_landing_zone
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.lifecycle.errors import PartialFailure, UnknownExpiry
from pulumi_adobe.lifecycle.import_entity import build_missing_error
from pulumi_adobe.lifecycle.read import ReadState
from pulumi_adobe.resource_types.landing_zone import DATABRICKS, TOKEN_DAYS, build_spark_key
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties

RENEWAL_PENDING: Final = "renewalPending"
"""Notes, in the state, that the next update renews the token: somebody asked for it, or the answer to an earlier
renewal was lost. It is no output."""

_CONSEQUENCES: Final = (
    "The old token stops working at once: every cluster that has it fails its next run until it has the new Spark "
    "configuration and was restarted."
)


class LandingZoneLifecycle:
    """The life cycle of the credentials of one sandbox's landing zone."""

    def __init__(self, resource_schema: ResourceSchema, context: ProviderContext) -> None:
        self._resource_schema = resource_schema
        self._context = context

    def validate(self, _prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> Iterator[str]:
        """Return a problem if another resource of this program has the credentials of the same landing zone."""
        owner = str(inputs.get("owner", ""))
        first_owner = self._context.claims.claim_first(self._build_id(inputs), owner)
        if first_owner != owner:
            yield (
                f"kind: {first_owner} already has the credentials of {self._build_id(inputs)}. Declare only one of "
                "them, and use its outputs in both places."
            )

    def check(self, _prior_inputs: Mapping[str, Any], _inputs: Mapping[str, Any], /) -> None:
        """Record nothing."""

    def is_replacement(self, _inputs: Mapping[str, Any], /) -> bool:
        """Return False: the resource has no secret inputs, which alone this decides about."""
        return False

    def diff(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> ResourceDiff:
        """Return whether an update renews the token; warn if it ends soon, or has ended. Sends nothing."""
        self._context.require_same_place(self._resource_schema, prior_outputs)
        if prior_outputs.get("kind") != inputs.get("kind"):
            return ResourceDiff(("kind",), (), (), ())
        reason = self._find_reason_to_renew(prior_outputs, inputs)
        if reason is not None:
            self._context.show_message_once(
                f"{self._describe(inputs)}: the update renews its SAS token, because {reason}. {_CONSEQUENCES}"
            )
            return ResourceDiff((), (), ("sasToken",), ("expiryDate",))
        if self._is_asked_for(id_):
            self._context.show_message_once(
                f"{self._describe(inputs)}: the update notes in the state that its SAS token is to be renewed. The "
                f"next `pulumi up` renews it. {_CONSEQUENCES}"
            )
            return ResourceDiff((), (), (), (RENEWAL_PENDING,))
        self._warn_before_expiry(prior_outputs, inputs)
        is_changed = prior_outputs.get("rotateBefore") != inputs.get("rotateBefore")
        return ResourceDiff((), (), (), ("rotateBefore",) if is_changed else ())

    def create(self, inputs: Mapping[str, Any], /) -> CreatedResource:
        """Ask Adobe for the credentials. No expiry is known yet, so this may renew a token; if it did, say so."""
        service = self._context.service
        landing_zone = get_landing_zone(service, str(inputs["kind"]))
        if days_until(landing_zone.expiry_date, service.service_time()) >= TOKEN_DAYS - 2:
            self._context.show_message(
                f"{self._describe(inputs)}: its SAS token ends on {landing_zone.expiry_date}, so Adobe issued it "
                "within the last two days. If an earlier token had ended, this request has renewed it: a cluster that "
                "still has the earlier one needs the new Spark configuration and a restart."
            )
        self._warn_if_always_due(landing_zone, inputs)
        return CreatedResource(self._build_id(inputs), self._build_outputs(landing_zone, inputs))

    def read(self, _id: str, prior_outputs: Mapping[str, Any], /) -> ReadState:
        """Compare with Adobe's credentials before the stored expiry. From that day on, send no request for them."""
        context = self._context
        context.require_same_place(self._resource_schema, prior_outputs)
        context.learn_secrets(self._resource_schema, prior_outputs)
        expiry = prior_outputs.get("expiryDate")
        resource = self._describe(prior_outputs)
        if not isinstance(expiry, str) or validate_expiry(expiry) is not None:
            raise UnknownExpiry(
                f"{resource}: the state has no readable expiry of its SAS token. The credentials were not read, "
                "because that would renew a token that has ended.",
                "Declare the resource without `ResourceOptions(id=…)`. To renew the token and to store its expiry, run "
                "`adobe-flow landing-zone refresh`.",
            )
        names = (*(field.name for field in self._resource_schema.fields), *self._resource_schema.local_inputs)
        inputs = {name: prior_outputs[name] for name in names if name in prior_outputs}
        if has_expired(expiry, context.service.ask_service_time()):
            context.show_message_once(f"warning: {resource}: {self._describe_end(expiry)}")
            return ReadState(dict(prior_outputs), inputs)
        landing_zone = get_landing_zone(context.service, str(prior_outputs["kind"]))
        if landing_zone.sas_token != prior_outputs.get("sasToken"):
            context.show_message(
                f"{resource}: its SAS token was renewed outside of this stack, and now ends on "
                f"{landing_zone.expiry_date}. Run `pulumi up` to bring it to the clusters, and restart them."
            )
        return ReadState(self._build_outputs(landing_zone, inputs), inputs)

    def import_existing(self, id_: str, owner: str, /) -> ReadState:
        """Return the credentials with this id, which is sandbox/kind. Asks Adobe for them, as a create does.

        Raises:
            CannotAdopt: The id is that of another sandbox.
        """
        inputs = {"kind": id_.rpartition("/")[2], "owner": owner}
        if self._build_id(inputs) != id_:
            hint = f"The id is the sandbox and the kind, such as dev/{DATABRICKS}."
            sandbox = self._context.credentials.sandbox
            raise build_missing_error(sandbox, self._resource_schema.type_name, id_, hint)
        return ReadState(self.create(inputs).outputs, inputs)

    def update(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> Properties:
        """Renew the token if the state has a reason for it; else change the state alone.

        Raises:
            PartialFailure: Adobe may have renewed the token, and its answer was lost. The state notes it, so that the
                next update renews the token once more.
        """
        self._context.require_same_place(self._resource_schema, prior_outputs)
        self._context.learn_secrets(self._resource_schema, prior_outputs)
        kept = {name: prior_outputs[name] for name in self._resource_schema.outputs if name in prior_outputs}
        if self._find_reason_to_renew(prior_outputs, inputs) is None:
            return {**inputs, **kept, **({RENEWAL_PENDING: True} if self._is_asked_for(id_) else {})}
        try:
            landing_zone = renew_landing_zone(self._context.service, str(inputs["kind"]))
        except (FlowServiceError, Cancelled) as error:
            if not _may_have_taken_effect(error):
                raise
            hint = (
                "Adobe may have renewed the SAS token although its answer was lost, and the one in the state may be "
                "dead. Run `pulumi up` again: it renews the token once more, and stores the new one."
            )
            outputs = {**inputs, **kept, RENEWAL_PENDING: True}
            raise PartialFailure(error.with_context(hint=hint), id_, outputs) from error
        self._context.show_message(
            f"{self._describe(inputs)}: its SAS token was renewed, and ends on {landing_zone.expiry_date}. "
            "Restart each cluster once it has the new Spark configuration."
        )
        self._warn_if_always_due(landing_zone, inputs)
        return self._build_outputs(landing_zone, inputs)

    def delete(self, _id: str, prior_outputs: Mapping[str, Any], _owner: str = "", /) -> None:
        """Forget the credentials: a landing zone cannot be deleted. Sends nothing."""
        self._context.show_message(
            f"{self._describe(prior_outputs)}: removed from the state alone. Adobe keeps the landing zone, and its SAS "
            f"token works until it ends ({prior_outputs.get('expiryDate')}) or is renewed."
        )

    def _is_asked_for(self, id_: str) -> bool:
        return id_ in self._context.options.renew_landing_zone

    def _find_reason_to_renew(self, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> str | None:
        """Return the reason that the state has; it stays there until the state has the new token."""
        if prior_outputs.get(RENEWAL_PENDING):
            return "the state notes that a renewal was asked for, and has not been completed"
        expiry, days = prior_outputs.get("expiryDate"), inputs.get("rotateBefore")
        is_readable = isinstance(expiry, str) and validate_expiry(expiry) is None
        if is_readable and isinstance(days, int) and expires_within(str(expiry), self._context.service_time(), days):
            return f"it ends on {expiry}, and {self._rotate_label} is {days}"
        return None

    def _warn_before_expiry(self, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> None:
        expiry, now = prior_outputs.get("expiryDate"), self._context.service_time()
        if not isinstance(expiry, str) or validate_expiry(expiry) is not None:
            return
        if has_expired(expiry, now):
            self._context.show_message_once(f"warning: {self._describe(inputs)}: {self._describe_end(expiry)}")
        elif expires_within(expiry, now) and inputs.get("rotateBefore") in (None, UNKNOWN):
            self._context.show_message_once(
                f"warning: {self._describe(inputs)}: its SAS token {describe_expiry(expiry, now)}. "
                f"{self._how_to_renew} {_CONSEQUENCES}"
            )

    def _warn_if_always_due(self, landing_zone: LandingZone, inputs: Mapping[str, Any]) -> None:
        days = inputs.get("rotateBefore")
        if isinstance(days, int) and expires_within(landing_zone.expiry_date, self._context.service_time(), days):
            self._context.show_message(
                f"warning: {self._describe(inputs)}: the new SAS token ends on {landing_zone.expiry_date}, within the "
                f"{days} days of {self._rotate_label}, so the next update renews it again. Give {self._rotate_label} "
                "fewer days."
            )

    @property
    def _rotate_label(self) -> str:
        return self._context.get_labels(self._resource_schema)["rotateBefore"]

    @property
    def _how_to_renew(self) -> str:
        return f"To renew it, run `adobe-flow landing-zone refresh`, or set {self._rotate_label}."

    def _describe_end(self, expiry: str) -> str:
        return (
            f"its SAS token has ended ({expiry}; the day itself counts). Adobe was not asked for the credentials, "
            f"because that would renew the token. {self._how_to_renew} {_CONSEQUENCES}"
        )

    def _build_outputs(self, landing_zone: LandingZone, inputs: Mapping[str, Any]) -> Properties:
        credentials = self._context.credentials
        return {
            **inputs,
            "container": landing_zone.container,
            "account": landing_zone.account,
            "sasToken": landing_zone.sas_token,
            "sasUri": landing_zone.sas_uri,
            "expiryDate": landing_zone.expiry_date,
            "sparkConf": {build_spark_key(landing_zone.container, landing_zone.account): landing_zone.sas_token},
            "sandboxName": credentials.sandbox,
            "orgId": credentials.org_id,
        }

    def _build_id(self, inputs: Mapping[str, Any]) -> str:
        return f"{self._context.credentials.sandbox}/{inputs.get('kind')}"

    def _describe(self, properties: Mapping[str, Any]) -> str:
        return describe_resource(self._resource_schema, properties)


def _may_have_taken_effect(error: AdobeError) -> bool:
    if isinstance(error, UnexpectedResponse):
        return not error.from_token_endpoint
    if isinstance(error, NoResponse):
        return error.may_have_taken_effect
    return isinstance(error, Unavailable | Cancelled)
