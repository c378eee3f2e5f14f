"""The settings of the provider: one table, read at the edge, parsed once into frozen `Settings`.

Adobe's hosts and scopes: developer.adobe.com, "Server to Server authentication"; the scopes are those of the
Platform environment in adobe/experience-platform-postman-samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.access import Access
from pulumi_adobe.near import nearest
from pulumi_adobe.policy import ON_EXISTING, OWNERSHIP, REFRESH_FROM, TEST, Policy
from pulumi_adobe.setting_values import ids, number, one_line, one_of, url

NAMESPACE: Final = "adobe"


class SettingsError(AdobeError):
    """Settings are missing, unknown, malformed, or contradict each other."""


class Kind(Enum):
    """What a setting is about, which decides where it is looked for first."""

    PLACE = "where things go: the config, else the environment; an error where they differ"
    IDENTITY = "who we are: the environment, else the config"
    BEHAVIOUR = "how it is done: the environment, else the config"


@dataclass(frozen=True)
class Setting:
    """One setting.

    ``parse`` turns its text into its value, and raises ValueError with what is wrong with it. ``in_config``: whether a
    stack's config may hold it; else it is for one run, and the environment alone has it.
    """

    key: str
    meaning: str
    kind: Kind
    secret: bool = False
    required: bool = False
    default: str = ""
    parse: Callable[[str], Any] = one_line
    in_config: bool = True

    @property
    def variable(self) -> str:
        """The environment variable of the same meaning."""
        words = re.sub("([A-Z])", r"_\1", self.key)
        return f"{NAMESPACE}_{words}".upper()

    @property
    def config_key(self) -> str:
        """The key as it stands in a stack's file."""
        return f"{NAMESPACE}:{self.key}"

    @property
    def named(self) -> str:
        """Both names, as errors give them."""
        return f"{self.config_key} ({self.variable})" if self.in_config else self.variable


TABLE: Final = (
    Setting("endpoint", "Experience Platform's address", Kind.PLACE, default="https://platform.adobe.io", parse=url),
    Setting(
        "imsEndpoint",
        "Adobe IMS's address, which gives tokens",
        Kind.PLACE,
        default="https://ims-na1.adobelogin.com",
        parse=url,
    ),
    Setting("orgId", "the organization, as in `0123456789ABCDEF01234567@AdobeOrg`", Kind.PLACE, required=True),
    Setting("sandbox", "the sandbox, by its lower-case name", Kind.PLACE, required=True),
    Setting(
        "clientId",
        "the client id of the OAuth server-to-server credential; also the `x-api-key`",
        Kind.IDENTITY,
        required=True,
    ),
    Setting(
        "clientSecret",
        "the client secret to it; required, unless there is an `accessToken`",
        Kind.IDENTITY,
        secret=True,
    ),
    Setting(
        "accessToken",
        "a ready access token instead of a client secret; it lives for 24 hours",
        Kind.IDENTITY,
        secret=True,
    ),
    Setting(
        "scopes",
        "the scopes of the token",
        Kind.IDENTITY,
        default="openid,session,AdobeID,read_organizations,additional_info.projectedProductContext",
    ),
    Setting(
        "onExisting",
        "what a create does where one of its name and spec is there already: `fail`, or make a `duplicate`",
        Kind.BEHAVIOUR,
        default="fail",
        parse=one_of(ON_EXISTING),
    ),
    Setting(
        "adopt",
        "ids, with commas between them, of connections that this run takes over instead of making new ones",
        Kind.BEHAVIOUR,
        parse=ids,
        in_config=False,
    ),
    Setting(
        "sendSecrets",
        "ids, with commas between them, of adopted connections whose declared secrets this run sends",
        Kind.BEHAVIOUR,
        parse=ids,
        in_config=False,
    ),
    Setting(
        "ownership",
        "`description` writes into each description whose it is, in a last line; `none` does not",
        Kind.BEHAVIOUR,
        default="none",
        parse=one_of(OWNERSHIP),
    ),
    Setting(
        "test",
        "what a failed test of a connection is: a `fail`, a `warn`; `off` tests nothing; `auto` warns after a create "
        "and fails after a change of auth parameters",
        Kind.BEHAVIOUR,
        default="auto",
        parse=one_of(TEST),
    ),
    Setting(
        "refreshFrom",
        "what a refresh reads: each connection by its `id`, or pages of a `list`, which is faster for many",
        Kind.BEHAVIOUR,
        default="id",
        parse=one_of(REFRESH_FROM),
    ),
    Setting(
        "timeout",
        "seconds in all for one operation, retries included",
        Kind.BEHAVIOUR,
        default="120",
        parse=number(above=0),
    ),
    Setting(
        "requestsPerSecond",
        "the most requests in a second; 0 sets no limit",
        Kind.BEHAVIOUR,
        default="0",
        parse=number(least=0),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings of one provider process."""

    access: Access
    policy: Policy


def resolve(config: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """The settings that a stack's config and the environment give.

    Raises SettingsError, which names everything that is wrong with them at once and holds no secret.
    """
    problems = list(_unknown(config))
    values: dict[str, Any] = {}
    for setting in TABLE:
        try:
            values[setting.key] = _value(setting, config, environment)
        except ValueError as problem:
            problems.append(f"{setting.named} {problem}")
    if "clientSecret" in values and not (values["clientSecret"] or values.get("accessToken")):
        problems.append(f"{_BY_KEY['clientSecret'].named} is missing")
    if problems:
        raise SettingsError(_all(problems), _hint(problems))
    return Settings(_access(values), _policy(values))


_BY_KEY: Final = {setting.key: setting for setting in TABLE}


def _value(setting: Setting, config: Mapping[str, str], environment: Mapping[str, str]) -> Any:
    stack = str(config.get(setting.config_key) or "").strip() if setting.in_config else ""
    process = environment.get(setting.variable, "").strip()
    if setting.kind is Kind.PLACE:
        if stack and process and setting.parse(stack) != setting.parse(process):
            raise ValueError(
                f'is "{stack}" in the stack\'s config but "{process}" in the environment: '
                f"take one of them away (`unset {setting.variable}`, or `pulumi config rm {setting.config_key}`)"
            )
        text = stack or process
    else:
        text = process or stack
    text = text or setting.default
    if not text:
        if setting.required:
            raise ValueError("is missing")
        return None
    return setting.parse(text)


def _unknown(config: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(config):
        namespace, _, name = key.partition(":")
        if namespace == NAMESPACE and name in _BY_KEY and not _BY_KEY[name].in_config:
            yield f"{key} is for one run, not for a stack: set {_BY_KEY[name].variable} in the environment"
        elif namespace == NAMESPACE and name not in _BY_KEY:
            meant = nearest(name, [each for each in _BY_KEY if _BY_KEY[each].in_config])
            hint = f" (did you mean {NAMESPACE}:{meant}?)" if meant else ""
            yield f"{key} is no setting{hint}"


def _all(problems: list[str]) -> str:
    return f"The settings of the {NAMESPACE} provider cannot be used: {'; '.join(problems)}."


def _hint(problems: list[str]) -> str:
    missing = [setting for setting in TABLE if f"{setting.named} is missing" in problems]
    if not missing:
        return ""
    commands = [
        f"pulumi config set {'--secret ' if setting.secret else ''}{setting.config_key} …" for setting in missing
    ]
    return f"Set them in the stack (`{'`, `'.join(commands)}`) or by the variables in brackets."


def _policy(values: Mapping[str, Any]) -> Policy:
    return Policy(
        on_existing=values["onExisting"],
        adopt=values["adopt"] or (),
        ownership=values["ownership"],
        test=values["test"],
        refresh_from=values["refreshFrom"],
        send_secrets=values["sendSecrets"] or (),
    )


def _access(values: Mapping[str, Any]) -> Access:
    return Access(
        endpoint=values["endpoint"],
        ims_endpoint=values["imsEndpoint"],
        org_id=values["orgId"],
        sandbox=values["sandbox"],
        client_id=values["clientId"],
        client_secret=values["clientSecret"],
        access_token=values["accessToken"],
        scopes=values["scopes"],
        timeout=values["timeout"],
        requests_per_second=values["requestsPerSecond"],
    )
