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
from pulumi_adobe.flow_service.access import Credentials
from pulumi_adobe.near import find_similar_name
from pulumi_adobe.policy import ON_EXISTING_CHOICES, OWNERSHIP_CHOICES, REFRESH_FROM_CHOICES, TEST_CHOICES, Options
from pulumi_adobe.setting_values import parse_ids, number_parser, parse_header_value, choice_parser, parse_url

NAMESPACE: Final = "adobe"


class SettingsError(AdobeError):
    """Settings are missing, unknown, malformed, or contradict each other."""


class SettingKind(Enum):
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
    description: str
    kind: SettingKind
    secret: bool = False
    required: bool = False
    default: str = ""
    parse: Callable[[str], Any] = parse_header_value
    allowed_in_config: bool = True

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
    def display_name(self) -> str:
        """Both names, as errors give them."""
        return f"{self.config_key} ({self.variable})" if self.allowed_in_config else self.variable


SETTINGS_TABLE: Final = (
    Setting("endpoint", "Experience Platform's address", SettingKind.PLACE, default="https://platform.adobe.io", parse=parse_url),
    Setting(
        "imsEndpoint",
        "Adobe IMS's address, which gives tokens",
        SettingKind.PLACE,
        default="https://ims-na1.adobelogin.com",
        parse=parse_url,
    ),
    Setting("orgId", "the organization, as in `0123456789ABCDEF01234567@AdobeOrg`", SettingKind.PLACE, required=True),
    Setting("sandbox", "the sandbox, by its lower-case name", SettingKind.PLACE, required=True),
    Setting(
        "clientId",
        "the client id of the OAuth server-to-server credential; also the `x-api-key`",
        SettingKind.IDENTITY,
        required=True,
    ),
    Setting(
        "clientSecret",
        "the client secret to it; required, unless there is an `accessToken`",
        SettingKind.IDENTITY,
        secret=True,
    ),
    Setting(
        "accessToken",
        "a ready access token instead of a client secret; it lives for 24 hours",
        SettingKind.IDENTITY,
        secret=True,
    ),
    Setting(
        "scopes",
        "the scopes of the token",
        SettingKind.IDENTITY,
        default="openid,session,AdobeID,read_organizations,additional_info.projectedProductContext",
    ),
    Setting(
        "onExisting",
        "what a create does where one of its name and spec is there already: `fail`, or make a `duplicate`",
        SettingKind.BEHAVIOUR,
        default="fail",
        parse=choice_parser(ON_EXISTING_CHOICES),
    ),
    Setting(
        "adopt",
        "ids, with commas between them, of connections that this run takes over instead of making new ones",
        SettingKind.BEHAVIOUR,
        parse=parse_ids,
        allowed_in_config=False,
    ),
    Setting(
        "sendSecrets",
        "ids, with commas between them, of adopted connections whose declared secrets this run sends",
        SettingKind.BEHAVIOUR,
        parse=parse_ids,
        allowed_in_config=False,
    ),
    Setting(
        "ownership",
        "`description` writes into each description whose it is, in a last line; `none` does not",
        SettingKind.BEHAVIOUR,
        default="none",
        parse=choice_parser(OWNERSHIP_CHOICES),
    ),
    Setting(
        "test",
        "what a failed test of a connection is: a `fail`, a `warn`; `off` tests nothing; `auto` warns after a create "
        "and fails after a change of auth parameters",
        SettingKind.BEHAVIOUR,
        default="auto",
        parse=choice_parser(TEST_CHOICES),
    ),
    Setting(
        "refreshFrom",
        "what a refresh reads: each connection by its `id`, or pages of a `list`, which is faster for many",
        SettingKind.BEHAVIOUR,
        default="id",
        parse=choice_parser(REFRESH_FROM_CHOICES),
    ),
    Setting(
        "timeout",
        "seconds in all for one operation, retries included",
        SettingKind.BEHAVIOUR,
        default="120",
        parse=number_parser(exclusive_minimum=0),
    ),
    Setting(
        "requestsPerSecond",
        "the most requests in a second; 0 sets no limit",
        SettingKind.BEHAVIOUR,
        default="0",
        parse=number_parser(minimum=0),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings of one provider process."""

    credentials: Credentials
    options: Options


def resolve_settings(config: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """The settings that a stack's config and the environment give.

    Raises SettingsError, which names everything that is wrong with them at once and holds no secret.
    """
    problems = list(_find_unknown_keys(config))
    values: dict[str, Any] = {}
    for setting in SETTINGS_TABLE:
        try:
            values[setting.key] = _resolve_value(setting, config, environment)
        except ValueError as problem:
            problems.append(f"{setting.display_name} {problem}")
    if "clientSecret" in values and not (values["clientSecret"] or values.get("accessToken")):
        problems.append(f"{_BY_KEY['clientSecret'].display_name} is missing")
    if problems:
        raise SettingsError(_join_problems(problems), _suggest_commands(problems))
    return Settings(_build_credentials(values), _build_options(values))


_BY_KEY: Final = {setting.key: setting for setting in SETTINGS_TABLE}


def _resolve_value(setting: Setting, config: Mapping[str, str], environment: Mapping[str, str]) -> Any:
    config_text = str(config.get(setting.config_key) or "").strip() if setting.allowed_in_config else ""
    environment_text = environment.get(setting.variable, "").strip()
    if setting.kind is SettingKind.PLACE:
        if config_text and environment_text and setting.parse(config_text) != setting.parse(environment_text):
            raise ValueError(
                f'is "{config_text}" in the stack\'s config but "{environment_text}" in the environment: '
                f"take one of them away (`unset {setting.variable}`, or `pulumi config rm {setting.config_key}`)"
            )
        text = config_text or environment_text
    else:
        text = environment_text or config_text
    text = text or setting.default
    if not text:
        if setting.required:
            raise ValueError("is missing")
        return None
    return setting.parse(text)


def _find_unknown_keys(config: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(config):
        namespace, _, name = key.partition(":")
        if namespace == NAMESPACE and name in _BY_KEY and not _BY_KEY[name].allowed_in_config:
            yield f"{key} is for one run, not for a stack: set {_BY_KEY[name].variable} in the environment"
        elif namespace == NAMESPACE and name not in _BY_KEY:
            similar_name = find_similar_name(name, [each for each in _BY_KEY if _BY_KEY[each].allowed_in_config])
            hint = f" (did you mean {NAMESPACE}:{similar_name}?)" if similar_name else ""
            yield f"{key} is no setting{hint}"


def _join_problems(problems: list[str]) -> str:
    return f"The settings of the {NAMESPACE} provider cannot be used: {'; '.join(problems)}."


def _suggest_commands(problems: list[str]) -> str:
    missing = [setting for setting in SETTINGS_TABLE if f"{setting.display_name} is missing" in problems]
    if not missing:
        return ""
    commands = [
        f"pulumi config set {'--secret ' if setting.secret else ''}{setting.config_key} …" for setting in missing
    ]
    return f"Set them in the stack (`{'`, `'.join(commands)}`) or by the variables in brackets."


def _build_options(values: Mapping[str, Any]) -> Options:
    return Options(
        on_existing=values["onExisting"],
        adopt=values["adopt"] or (),
        ownership=values["ownership"],
        test=values["test"],
        refresh_from=values["refreshFrom"],
        send_secrets=values["sendSecrets"] or (),
    )


def _build_credentials(values: Mapping[str, Any]) -> Credentials:
    return Credentials(
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
