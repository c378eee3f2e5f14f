"""The policy pack, as `pulumi preview --policy-pack policy` starts it."""

from adobe_flow_policy.pack import serve

serve()
