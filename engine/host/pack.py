"""Stands before a policy pack: the pack reads its stack and config as it starts, the engine tells them only later."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping

import grpc
from pulumi.runtime.proto import analyzer_pb2

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""Policies see whole stacks."""
HANDSHAKE = "/pulumirpc.Analyzer/Handshake"
CONFIGURE_STACK = "/pulumirpc.Analyzer/ConfigureStack"


class Pack(grpc.GenericRpcHandler):
    """Starts the pack at the first call that says something about the stack, or needs the pack; hands all calls on."""

    def __init__(self, start: Callable[[Mapping[str, str]], str]) -> None:
        """``start`` takes variables for the pack's process and gives the port on which it answers."""
        self._start = start
        self._lock = threading.Lock()
        self._channel: grpc.Channel | None = None

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes]:
        """Any method, its messages untouched."""
        method = handler_call_details.method
        return grpc.unary_unary_rpc_method_handler(lambda request, context: self._answer(method, request, context))

    def _answer(self, method: str, request: bytes, context: grpc.ServicerContext) -> bytes:
        if method == HANDSHAKE:
            # Packs of today answer so too, and the engine goes on without.
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "the policy pack starts later")
        with self._lock:
            if self._channel is None:
                port = self._start(stack_variables(request) if method == CONFIGURE_STACK else {})
                if not port.isdigit():
                    context.abort(
                        grpc.StatusCode.UNAVAILABLE,
                        f"the policy pack did not start: its first line should be its port, and is {port!r}",
                    )
                self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=OPTIONS)
        try:
            hand_on: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._channel.unary_unary(method)
            return hand_on(request)
        except grpc.RpcError as error:
            context.abort(error.code(), error.details() or "")


def stack_variables(request: bytes) -> dict[str, str]:
    """What the pack's process finds in its environment about the stack that it judges."""
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
