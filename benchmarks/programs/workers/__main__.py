"""The connections of `ours`, dealt out to several provider processes."""

import os

import pulumi
from declared import connections, to_arguments

from pulumi_adobe import DatabricksSourceConnection, FlowService

workers = [
    FlowService(
        f"adobe-{number}",
        org_id=os.environ["ADOBE_ORG_ID"],
        sandbox=os.environ["ADOBE_SANDBOX"],
        endpoint=os.environ["ADOBE_ENDPOINT"],
        ims_endpoint=os.environ["ADOBE_IMS_ENDPOINT"],
        client_id=os.environ["ADOBE_CLIENT_ID"],
        client_secret=os.environ["ADOBE_CLIENT_SECRET"],
        test="off",
    )
    for number in range(int(os.environ["BENCH_WORKERS"]))
]

for number, (logical_name, fields) in enumerate(connections()):
    DatabricksSourceConnection(
        logical_name,
        **to_arguments(fields),
        opts=pulumi.ResourceOptions(provider=workers[number % len(workers)]),
    )
