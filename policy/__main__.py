"""Entry point of the policy pack, which `pulumi preview --policy-pack policy` starts."""

from adobe_flow_policy.pack import serve_rules

serve_rules()
