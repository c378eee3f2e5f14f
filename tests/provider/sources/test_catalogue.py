"""The catalogue of sources is complete and consistent."""

from __future__ import annotations

import re

from pulumi_adobe.sources import connection_specs

UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def test_every_source_has_all_members_and_an_id_of_its_own() -> None:
    specs = connection_specs()

    assert len({spec.id for spec in specs.values()}) == len(specs) == 58
    assert sum(len(spec.auth_specs) for spec in specs.values()) == 76
    for name, spec in specs.items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert spec.source == name
        assert UUID.fullmatch(spec.id)
        assert spec.title
        assert spec.version
        assert spec.documentation.startswith("AdobeDocs/experience-platform.en/help/sources/")
        assert spec.category
        for parameters in spec.auth_specs.values():
            assert len({parameter.name for parameter in parameters}) == len(parameters)


def test_databricks_has_the_id_and_the_parameters_of_adobes_tutorial() -> None:
    spec = connection_specs()["databricks"]

    assert (spec.id, spec.version) == ("e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "1.0")
    (parameters,) = spec.auth_specs.values()
    assert [(parameter.name, parameter.required, parameter.secret) for parameter in parameters] == [
        ("domain", True, False),
        ("clusterId", True, False),
        ("accessToken", True, True),
        ("database", True, False),
        ("catalog", False, False),
    ]
