"""The fixtures of the hostile suite: those of the client's tests."""

from tests.provider.flow_service.conftest import certificate, no_proxy

__all__ = ["certificate", "no_proxy"]
