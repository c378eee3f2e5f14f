"""A proxy of a policy pack, which starts the pack when the engine has sent its stack and config."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping

import grpc
from pulumi.runtime.proto import analyzer_pb2

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""Messages have no limit, because policies receive whole stacks."""
HANDSHAKE = "/pulumirpc.Analyzer/Handshake"
CONFIGURE_STACK = "/pulumirpc.Analyzer/ConfigureStack"


class PolicyPackProxy(grpc.GenericRpcHandler):
    """The proxy, which starts the pack at the first call after the handshake, and forwards all calls."""

    def __init__(self, start: Callable[[Mapping[str, str]], str]) -> None:
        """Create the proxy; ``start`` starts the pack with these variables and returns the port of the pack."""
        self._start = start
        self._lock = threading.Lock()
        self._channel: grpc.Channel | None = None

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes]:
        """Return a handler that forwards any method with unchanged messages."""
        method = handler_call_details.method
        return grpc.unary_unary_rpc_method_handler(lambda request, context: self._forward(method, request, context))

    def _forward(self, method: str, request: bytes, context: grpc.ServicerContext) -> bytes:
        if method == HANDSHAKE:
            # Today's packs answer the same, and the engine continues without a handshake.
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "the policy pack starts later")
        with self._lock:
            if self._channel is None:
                port = self._start(build_stack_variables(request) if method == CONFIGURE_STACK else {})
                if not port.isdigit():
                    context.abort(
                        grpc.StatusCode.UNAVAILABLE,
                        f"the policy pack did not start: its first line must be its port, not {port!r}",
                    )
                self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=OPTIONS)
        try:
            call: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._channel.unary_unary(method)
            return call(request)
        except grpc.RpcError as error:
            context.abort(error.code(), error.details() or "")


def build_stack_variables(request: bytes) -> dict[str, str]:
    """Return the environment variables that tell the pack about its stack."""
    stack = analyzer_pb2.AnalyzerStackConfigureRequest.FromString(request)
    variables = {
        "PULUMI_PROJECT": stack.project,
        "PULUMI_STACK": stack.stack,
        "PULUMI_ORGANIZATION": stack.organization,
        "PULUMI_DRY_RUN": "true" if stack.dry_run else "false",
        "PULUMI_CONFIG": json.dumps(dict(stack.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(stack.config_secret_keys)),
    }
    return {name: value for name, value in variables.items() if value}
