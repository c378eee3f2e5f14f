"""Advice to users about errors of the Flow Service client, which itself knows neither Pulumi nor the settings."""

from __future__ import annotations

from typing import TypeVar

from pulumi_adobe.errors import AdobeError, Cancelled
from pulumi_adobe.flow_service import errors

_Error = TypeVar("_Error", bound=AdobeError)

_ADVICE_BY_CLASS: dict[type[AdobeError], str] = {
    Cancelled: "Run the same command again: it continues from here.",
    errors.InvalidRequest: "This request changed nothing. Correct the arguments of the resource.",
    errors.InUse: "This request changed nothing. Dataflows use this connection: delete them first.",
    errors.CredentialsRejected: (
        "Check ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET (or adobe:clientId and adobe:clientSecret). A ready access "
        "token (ADOBE_ACCESS_TOKEN or adobe:accessToken) may have expired: it is valid for 24 hours."
    ),
    errors.NotFound: (
        "It was deleted outside of this stack: run `pulumi refresh`, then `pulumi up` to create it again."
    ),
    errors.Conflict: (
        "It was changed outside of this stack: run `pulumi refresh`, see the differences with "
        "`pulumi preview --diff`, then run `pulumi up`."
    ),
    errors.WrongState: (
        "This request changed nothing. Flow Service may still be at work on it: run the same command again later. If "
        "that does not help, look at its state in Adobe's user interface."
    ),
    errors.RateLimited: "Wait, or set adobe:requestsPerSecond to stay below Adobe's limit.",
    errors.Unavailable: (
        "The fault is on the side of the service. Try again later. If adobe:endpoint is an address of this machine, "
        "check that the emulator answers there, and no other program."
    ),
}


_PERMISSION_BY_API: dict[str, str] = {
    "catalog": "view datasets (the permission View Datasets)",
    "schemaregistry": "view schemas (the permission View Schemas)",
}
"""The permission by the API that refused, as its path names it. Adobe: access-control/home.md has the permissions."""


def advise(error: AdobeError) -> str:
    """Return what a user can do about a cancellation or an error of `flow_service`; an empty text for other errors."""
    # The most specific class that has an entry: InUse is an InvalidRequest too.
    advice = next((_ADVICE_BY_CLASS[cls] for cls in type(error).__mro__ if cls in _ADVICE_BY_CLASS), "")
    if advice:
        return advice
    if isinstance(error, errors.AccessDenied):
        return _advise_on_access_denied(error)
    if isinstance(error, errors.UnexpectedResponse):
        return _advise_on_unexpected_response(error)
    if isinstance(error, errors.Unreachable):
        return f"This request changed nothing. {_advise_on_unreachable(error)}"
    return _advise_on_no_response(error) if isinstance(error, errors.NoResponse) else ""


def advise_on_failed_test(source: str | None) -> str:
    """Return the likely causes of a failed connection test.

    Args:
        source: The name of the source in the catalogue, such as `databricks`; None if it is not in the catalogue.
    """
    if source == "databricks":
        return (
            "Likely causes: the access token has expired or was revoked, the cluster is not running, Adobe's addresses "
            "are not on the workspace's IP allow list, or the cluster's configuration has an old SAS token of the "
            "staging storage."
        )
    return (
        "Likely causes: the credentials are wrong, have expired or were revoked, their account may not read the "
        "source, or the source does not admit Adobe's addresses."
    )


def with_advice(error: _Error) -> _Error:
    """Return the error with the advice as its hint; an error that has a hint, or needs none, is returned itself."""
    advice = "" if error.hint else advise(error)
    return error.with_context(hint=advice) if advice else error


def _advise_on_no_response(error: errors.NoResponse) -> str:
    if error.may_have_taken_effect:
        return "The change may have taken effect: run `pulumi refresh` before the next `pulumi up`."
    return "This request changed nothing. Try again later."


def _advise_on_access_denied(error: errors.AccessDenied) -> str:
    advice = (
        "Check adobe:orgId and adobe:sandbox. In Adobe's Developer Console, check that the project has the Experience "
        "Platform API and a product profile that may {permission} in this sandbox."
    )
    if error.api in _PERMISSION_BY_API:
        return advice.format(permission=_PERMISSION_BY_API[error.api])
    return f"{advice.format(permission='manage sources')} A dataflow with an access label needs a role with that label."


def _advise_on_unexpected_response(error: errors.UnexpectedResponse) -> str:
    if error.from_token_endpoint:
        address = "adobe:imsEndpoint is the address of Adobe's IMS"
    else:
        address = "adobe:endpoint is the address of Experience Platform"
    return f"Check that {address}, and that no login page or proxy answers in its place."


def _advise_on_unreachable(error: errors.Unreachable) -> str:
    if error.is_out_of_time:
        return (
            "Set a longer adobe:timeout. A request also waits for its turn under adobe:requestsPerSecond, for the "
            "pause that Adobe asks for with a 429, and for the access token."
        )
    if error.is_loopback:
        return (
            "Start the emulator again, with the data of this stack: `make emulator` in a clone of the project, or "
            "`flow-service-emulator --detach` with the same port and `--data`. Or correct adobe:endpoint and "
            "adobe:imsEndpoint, and run `pulumi up`: refresh and destroy use the addresses of the last update."
        )
    return (
        "Check adobe:endpoint and adobe:imsEndpoint, the network, HTTPS_PROXY, and the CA certificates "
        "(REQUESTS_CA_BUNDLE)."
    )
