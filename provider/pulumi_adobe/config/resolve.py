"""Resolution of the settings: from a stack's config and the environment to frozen `Settings`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.endpoints import find_foreign_hosts, replace_local_port
from pulumi_adobe.config.options import Options
from pulumi_adobe.config.settings import NAMESPACE, SETTINGS_TABLE, Setting, SettingKind, SettingsError
from pulumi_adobe.suggestions import find_similar_name

_BY_KEY: Final = {setting.key: setting for setting in SETTINGS_TABLE}


@dataclass(frozen=True)
class Settings:
    """The settings of one provider."""

    credentials: Credentials
    options: Options


def resolve_settings(config: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """Return the settings of a stack.

    Args:
        config: The stack's config, by full key; keys of other namespaces are ignored.
        environment: The environment variables.

    Raises:
        SettingsError: Settings cannot be used. It names all problems at once, and has no secret.
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
    if "endpoint" in values and "imsEndpoint" in values:
        for key in ("endpoint", "imsEndpoint"):
            values[key] = replace_local_port(values[key], values.get("emulatorPort"))
        problems.extend(_find_host_problems(values))
    if problems:
        raise SettingsError(_join_problems(problems), _suggest_commands(problems))
    return Settings(_build_credentials(values), _build_options(values))


def _find_host_problems(values: Mapping[str, Any]) -> Iterator[str]:
    allowed_hosts = values.get("allowEndpoint") or ()
    hosts = find_foreign_hosts(values["endpoint"], values["imsEndpoint"], allowed_hosts)
    if hosts:
        endpoint, ims_endpoint, allow = (_BY_KEY[key] for key in ("endpoint", "imsEndpoint", "allowEndpoint"))
        yield (
            f"{endpoint.display_name} {values['endpoint']} and {ims_endpoint.display_name} {values['imsEndpoint']} "
            "must both be Adobe's or both this machine's, so no credentials were sent; to send them to "
            f"{' and '.join(hosts)}, set {allow.variable}={','.join((*allowed_hosts, *hosts))} in the environment"
        )


def _resolve_value(setting: Setting, config: Mapping[str, str], environment: Mapping[str, str]) -> Any:
    config_text = str(config.get(setting.config_key) or "").strip() if setting.allowed_in_config else ""
    environment_text = environment.get(setting.variable, "").strip()
    if setting.kind is SettingKind.PLACE:
        if config_text and environment_text and setting.parse(config_text) != setting.parse(environment_text):
            raise ValueError(
                f'is "{config_text}" in the stack\'s config but "{environment_text}" in the environment: '
                f"remove one of them (`unset {setting.variable}`, or `pulumi config rm {setting.config_key}`)"
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
    for config_key in sorted(config):
        namespace, _, name = config_key.partition(":")
        if namespace == NAMESPACE and name in _BY_KEY and not _BY_KEY[name].allowed_in_config:
            yield f"{config_key} is for one run, not for a stack: set {_BY_KEY[name].variable} in the environment"
        elif namespace == NAMESPACE and name not in _BY_KEY:
            similar_name = find_similar_name(
                name, [key for key, setting in _BY_KEY.items() if setting.allowed_in_config]
            )
            hint = f" (did you mean {NAMESPACE}:{similar_name}?)" if similar_name else ""
            yield f"{config_key} is no setting{hint}"


def _join_problems(problems: list[str]) -> str:
    return f"The settings of the {NAMESPACE} provider cannot be used: {'; '.join(problems)}."


def _suggest_commands(problems: list[str]) -> str:
    missing = [setting for setting in SETTINGS_TABLE if f"{setting.display_name} is missing" in problems]
    if not missing:
        return ""
    commands = [
        f"pulumi config set {'--secret ' if setting.secret else ''}{setting.config_key} …" for setting in missing
    ]
    return f"Set them in the stack (`{'`, `'.join(commands)}`) or by the environment variables in parentheses."


def _build_options(values: Mapping[str, Any]) -> Options:
    return Options(
        on_existing=values["onExisting"],
        adopt=values["adopt"] or (),
        ownership=values["ownership"],
        disown=values["disown"] or (),
        test=values["test"],
        refresh_from=values["refreshFrom"],
        send_secrets=values["sendSecrets"] or (),
        renew_landing_zone=values["renewLandingZone"] or (),
        preview_checks=values["previewChecks"] or "",
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
        log=values["log"],
    )
