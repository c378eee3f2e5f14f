"""The table of the provider's settings.

Adobe's hosts and scopes: developer.adobe.com, "Server to Server authentication"; the scopes are those of the
Platform environment in adobe/experience-platform-postman-samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Any, Final, NamedTuple

from pulumi_adobe.config.options import (
    LOG_CHOICES,
    ON_EXISTING_CHOICES,
    OWNERSHIP_CHOICES,
    PREVIEW_CHECKS_CHOICES,
    REFRESH_FROM_CHOICES,
    TEST_CHOICES,
)
from pulumi_adobe.config.parsers import (
    choice_parser,
    number_parser,
    parse_client_id,
    parse_header_value,
    parse_hosts,
    parse_ids,
    parse_landing_zone_ids,
    parse_org_id,
    parse_port,
    parse_sandbox,
    parse_scopes,
    parse_secret,
    parse_stacks,
    parse_url,
)
from pulumi_adobe.errors import AdobeError

NAMESPACE: Final = "adobe"


class SettingsError(AdobeError):
    """Settings are missing, unknown or malformed, or contradict each other."""


class SettingKind(Enum):
    """What a setting is about, which decides where its value is taken from."""

    PLACE = "where resources are: the config, else the environment; an error if they differ"
    IDENTITY = "who the provider is: the environment, else the config"
    BEHAVIOUR = "how the provider works: the environment, else the config"


class Setting(NamedTuple):
    """A setting.

    Attributes:
        key: The key in a stack's config, without the namespace.
        description: What it is, in sentences for the tables of the documentation.
        kind: Where its value is taken from.
        secret: Whether its value is a secret.
        required: Whether it must have a value.
        default: The text of its default value; empty where it has none.
        parse: Parses its text, and raises ValueError with what is wrong with it.
        allowed_in_config: Whether a stack's config may have it; else it is for one run, in the environment alone.
        for_whole_process: Whether the environment's value holds for explicit providers too.
    """

    key: str
    description: str
    kind: SettingKind
    secret: bool = False
    required: bool = False
    default: str = ""
    parse: Callable[[str], Any] = parse_header_value
    allowed_in_config: bool = True
    for_whole_process: bool = False

    @property
    def variable(self) -> str:
        """The environment variable with the same meaning."""
        words = re.sub("([A-Z])", r"_\1", self.key)
        return f"{NAMESPACE}_{words}".upper()

    @property
    def config_key(self) -> str:
        """The full key, as a stack file has it."""
        return f"{NAMESPACE}:{self.key}"

    @property
    def display_name(self) -> str:
        """The key and the variable, as errors name the setting."""
        return f"{self.config_key} ({self.variable})" if self.allowed_in_config else self.variable


SETTINGS_TABLE: Final = (
    Setting(
        "endpoint",
        "The address of Experience Platform.",
        SettingKind.PLACE,
        default="https://platform.adobe.io",
        parse=parse_url,
    ),
    Setting(
        "imsEndpoint",
        "The address of Adobe IMS, which issues the tokens.",
        SettingKind.PLACE,
        default="https://ims-na1.adobelogin.com",
        parse=parse_url,
    ),
    Setting(
        "allowEndpoint",
        "Other hosts than Adobe's that may receive the credentials, separated by commas. Not needed if both addresses "
        "are on this machine.",
        SettingKind.BEHAVIOUR,
        parse=parse_hosts,
        allowed_in_config=False,
        for_whole_process=True,
    ),
    Setting(
        "emulatorPort",
        "The port of an emulator on this machine. It replaces the port of both addresses, if both are on this machine.",
        SettingKind.BEHAVIOUR,
        parse=parse_port,
        allowed_in_config=False,
        for_whole_process=True,
    ),
    Setting(
        "orgId",
        "The organization, such as `0123456789ABCDEF01234567@AdobeOrg`.",
        SettingKind.PLACE,
        required=True,
        parse=parse_org_id,
    ),
    Setting(
        "sandbox", "The name of the sandbox, in lower case.", SettingKind.PLACE, required=True, parse=parse_sandbox
    ),
    Setting(
        "clientId",
        "The client id of the OAuth server-to-server credential. Requests send it as `x-api-key`.",
        SettingKind.IDENTITY,
        required=True,
        parse=parse_client_id,
    ),
    Setting(
        "clientSecret",
        "The client secret of this credential. Required unless there is an `accessToken`.",
        SettingKind.IDENTITY,
        secret=True,
        parse=parse_secret,
    ),
    Setting(
        "accessToken",
        "An access token to use instead of a client secret. Adobe's tokens are valid for 24 hours.",
        SettingKind.IDENTITY,
        secret=True,
        parse=parse_secret,
    ),
    Setting(
        "scopes",
        "The scopes of the token.",
        SettingKind.IDENTITY,
        default="openid,session,AdobeID,read_organizations,additional_info.projectedProductContext",
        parse=parse_scopes,
    ),
    Setting(
        "onExisting",
        "What to do when a connection with this name and spec already exists: `fail`, or create a `duplicate`.",
        SettingKind.BEHAVIOUR,
        default="fail",
        parse=choice_parser(ON_EXISTING_CHOICES),
    ),
    Setting(
        "adopt",
        "The ids of connections that this run adopts instead of creating new ones, separated by commas.",
        SettingKind.BEHAVIOUR,
        parse=parse_ids,
        allowed_in_config=False,
    ),
    Setting(
        "sendSecrets",
        "The ids of imported connections whose declared secrets this run sends, separated by commas, or `all`.",
        SettingKind.BEHAVIOUR,
        parse=parse_ids,
        allowed_in_config=False,
    ),
    Setting(
        "renewLandingZone",
        "The ids of landing zone credentials, separated by commas. This run notes in the state that the next update "
        "must renew their SAS tokens.",
        SettingKind.BEHAVIOUR,
        parse=parse_landing_zone_ids,
        allowed_in_config=False,
        for_whole_process=True,
    ),
    Setting(
        "ownership",
        "`description` appends an ownership line to each description; `none` does not.",
        SettingKind.BEHAVIOUR,
        default="none",
        parse=choice_parser(OWNERSHIP_CHOICES),
    ),
    Setting(
        "disown",
        "Old names of this stack, as `project/stack`, separated by commas. This run may also delete what they own.",
        SettingKind.BEHAVIOUR,
        parse=parse_stacks,
        allowed_in_config=False,
        for_whole_process=True,
    ),
    Setting(
        "test",
        "How to treat a failed connection test: `fail`, `warn`, `off` (no tests), or `auto`, which warns after a "
        "create and fails after a change of auth parameters.",
        SettingKind.BEHAVIOUR,
        default="auto",
        parse=choice_parser(TEST_CHOICES),
    ),
    Setting(
        "refreshFrom",
        "How a refresh reads connections: each one by its `id`, or all of them as a `list`, which is faster for many.",
        SettingKind.BEHAVIOUR,
        default="id",
        parse=choice_parser(REFRESH_FROM_CHOICES),
    ),
    Setting(
        "previewChecks",
        "How to treat the results of preview checks. Default: a problem is an error, and a check without an answer is "
        "a warning. `error`: both are errors. `warn`: both are warnings. `off`: no checks.",
        SettingKind.BEHAVIOUR,
        parse=choice_parser(PREVIEW_CHECKS_CHOICES),
        for_whole_process=True,
    ),
    Setting(
        "timeout",
        "The most seconds that one operation may take, including retries.",
        SettingKind.BEHAVIOUR,
        default="120",
        parse=number_parser(exclusive_minimum=0, maximum=86_400),
    ),
    Setting(
        "requestsPerSecond",
        "The most requests per second. 0 sets no limit.",
        SettingKind.BEHAVIOUR,
        default="0",
        parse=number_parser(minimum=0, maximum=10_000),
    ),
    Setting(
        "log",
        "`debug` writes each HTTP request to stderr, without secrets; `off` writes nothing.",
        SettingKind.BEHAVIOUR,
        default="off",
        parse=choice_parser(LOG_CHOICES),
        for_whole_process=True,
    ),
)
"""Every setting, in the order of the documentation."""
