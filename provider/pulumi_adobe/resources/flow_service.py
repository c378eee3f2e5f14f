"""The provider resource for programs that manage several organizations or sandboxes."""

from __future__ import annotations

import re
from typing import Any

import pulumi

from pulumi_adobe.resources.checked_call import CheckedCall
from pulumi_adobe.resources.program_messages import REDACTOR, build_run_error

PACKAGE = "pulumi-python"
"""The package of Pulumi's plugin that runs dynamic providers; the type tokens of all resources begin with it."""

CREDENTIALS_FROM = re.compile(r"[A-Z][A-Z0-9_]*")


class FlowService(pulumi.ProviderResource, metaclass=CheckedCall):
    """The provider for one sandbox of one organization, for `ResourceOptions(provider=…)` and `providers=[…]`.

    Without it, the stack's config and the ADOBE_ variables determine the sandbox. A `FlowService` reads neither. Each
    has a plugin process of its own.
    """

    def __init__(  # noqa: PLR0913 - the settings
        self,
        resource_name: str,
        *,
        org_id: pulumi.Input[str],
        sandbox: pulumi.Input[str],
        endpoint: pulumi.Input[str] | None = None,
        ims_endpoint: pulumi.Input[str] | None = None,
        allow_endpoint: pulumi.Input[str] | None = None,
        client_id: pulumi.Input[str] | None = None,
        client_secret: pulumi.Input[str] | None = None,
        access_token: pulumi.Input[str] | None = None,
        credentials_from: str | None = None,
        scopes: pulumi.Input[str] | None = None,
        on_existing: pulumi.Input[str] | None = None,
        ownership: pulumi.Input[str] | None = None,
        test: pulumi.Input[str] | None = None,
        refresh_from: pulumi.Input[str] | None = None,
        preview_checks: pulumi.Input[str] | None = None,
        timeout: pulumi.Input[float] | None = None,
        requests_per_second: pulumi.Input[float] | None = None,
        log: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the provider. The arguments are the settings of the same names (docs/reference/settings.md).

        Args:
            resource_name: The resource's name in Pulumi.
            org_id: The IMS organization, such as `0123456789ABCDEF01234567@AdobeOrg`.
            sandbox: The name of the sandbox, in lower case.
            endpoint: The address of Experience Platform; by default `https://platform.adobe.io`.
            ims_endpoint: The address of Adobe IMS, which issues the tokens; by default
                `https://ims-na1.adobelogin.com`.
            allow_endpoint: Hosts, separated by commas, that may receive the credentials although they are not Adobe's.
            client_id: The client id of an OAuth server-to-server credential.
            client_secret: The client secret of this credential; a secret.
            access_token: An access token to use instead of a client secret, valid for 24 hours; a secret.
            credentials_from: A part of the names of environment variables. With `"EU"` every command reads
                ADOBE_EU_CLIENT_ID, ADOBE_EU_CLIENT_SECRET, ADOBE_EU_ACCESS_TOKEN and ADOBE_EU_SCOPES first. A rotated
                secret then reaches `refresh` and `destroy` too.
            scopes: The scopes of the token, separated by commas.
            on_existing: What to do when a connection with this name and spec already exists: `fail`, or create a
                `duplicate`. The default is `fail`.
            ownership: `description` appends an ownership line to each description; `none`, the default, does not.
            test: How to treat a failed connection test: `auto`, `fail`, `warn` or `off`. The default, `auto`, warns
                after a create, and fails after a change of auth parameters.
            refresh_from: What a refresh reads: each connection by its `id`, the default, or the pages of a `list`.
            preview_checks: How to treat what Flow Service says about declared values before a write: `error`, `warn` or
                `off`.
            timeout: The seconds that one operation may take, retries included; by default 120.
            requests_per_second: The largest number of requests per second; 0, the default, sets no limit.
            log: `debug` logs each HTTP request to stderr, without secrets; `off`, the default, logs nothing.
            opts: Pulumi's resource options.
        """
        if credentials_from is not None and not CREDENTIALS_FROM.fullmatch(credentials_from):
            raise build_run_error(
                f'FlowService "{resource_name}": credentials_from must be upper case: "EU" for ADOBE_EU_CLIENT_ID.'
            )
        arguments: dict[str, Any] = {
            "flowService": resource_name,
            "orgId": org_id,
            "sandbox": sandbox,
            "endpoint": endpoint,
            "imsEndpoint": ims_endpoint,
            "allowEndpoint": allow_endpoint,
            "clientId": client_id,
            "clientSecret": _mark_secret(client_secret),
            "accessToken": _mark_secret(access_token),
            "credentialsFrom": credentials_from,
            "scopes": scopes,
            "onExisting": on_existing,
            "ownership": ownership,
            "test": test,
            "refreshFrom": refresh_from,
            "previewChecks": preview_checks,
            "timeout": _to_text(timeout),
            "requestsPerSecond": _to_text(requests_per_second),
            "log": log,
        }
        self.setting_inputs = {name: value for name, value in arguments.items() if value is not None}
        """The given arguments, under the names of the settings. Look-ups use them too."""
        super().__init__(PACKAGE, resource_name, self.setting_inputs, opts)


def _mark_secret(value: pulumi.Input[str] | None) -> pulumi.Output[str] | None:
    REDACTOR.add_secret(value)
    return None if value is None else pulumi.Output.secret(value)


def _to_text(value: pulumi.Input[float] | None) -> pulumi.Output[str] | None:
    """Return the value as text: Pulumi passes provider inputs as texts."""
    return None if value is None else pulumi.Output.from_input(value).apply(str)
