"""One dataflow from each family of sources beside tables: files, REST sources, streams and webhooks."""

from __future__ import annotations

import pulumi

from pulumi_adobe import Auth, BaseConnection, Dataflow, Schedule, SourceConnection, TargetConnection

config = pulumi.Config()
secrets = config.require_secret_object("sourceSecrets")
customers = TargetConnection("customers", dataset_id=config.get("dataset") or "6889f4f89b982b2b90bc1208")

# Files of the Data Landing Zone, which Adobe provides: no base connection.
dropped = SourceConnection("dropped", source="data-landing-zone", format="delimited", path="acme.customers")
Dataflow(
    "dropped-once",
    source=dropped,
    target=customers,
    mapping={"customer_id": "_id", "email": "personalEmail.address"},
    schedule=Schedule.once(),
)

# Files of any other storage.
bucket = BaseConnection(
    "bucket",
    source="amazon-s3",
    name="Exports",
    auth=Auth("Access Key", {"s3AccessKey": "AKIAEXAMPLE", "s3SecretKey": secrets["s3"]}),
)
exports = SourceConnection(
    "exports",
    base_connection=bucket,
    format="delimited",
    path="acme.cust*",
    path_type="folder",
    recursive=True,
    column_delimiter="\t",
    encoding="ISO-8859-1",
    compression_type="gzip",
)
Dataflow(
    "exports-daily",
    source=exports,
    target=customers,
    mapping={"customer_id": "_id"},
    schedule=Schedule.daily(),
)

# A REST source: its parameters, under Adobe's names, say which records are read.
mailchimp = BaseConnection(
    "mailchimp",
    source="mailchimp-members",
    name="Mailing list",
    auth=Auth("Basic Authentication", {"username": "ada@example.com", "password": secrets["mailchimp"]}),
)
members = SourceConnection("members", base_connection=mailchimp, params={"listId": "10c097ca71"})
Dataflow(
    "members-hourly",
    source=members,
    target=customers,
    mapping={"id": "_id", "email_address": "personalEmail.address"},
    schedule=Schedule.hourly(),
)

# Streams that Experience Platform reads: no schedule. Data that are XDM already need no mapping.
hub = BaseConnection(
    "hub",
    source="azure-event-hubs",
    name="Events",
    auth={"sasKeyName": "listen", "sasKey": secrets["eventHubs"], "namespace": "acme"},
)
hub_events = SourceConnection(
    "hub-events",
    base_connection=hub,
    params={"eventHubName": "customers", "dataType": "xdm", "reset": "latest", "consumerGroup": "adobe"},
)
Dataflow("hub-flow", source=hub_events, target=customers)

kinesis = BaseConnection(
    "kinesis",
    source="amazon-kinesis",
    name="Kinesis",
    auth={"accessKeyId": "AKIAEXAMPLE", "secretKey": secrets["kinesis"], "region": "eu-west-1"},
)
records = SourceConnection("records", base_connection=kinesis, params={"stream": "customers", "dataType": "raw"})
Dataflow("kinesis-flow", source=records, target=customers, mapping={"id": "_id"})

pubsub = BaseConnection(
    "pubsub",
    source="google-pubsub",
    name="PubSub",
    auth=Auth("Project Based Authentication", {"projectId": "acme", "credentials": secrets["pubsub"]}),
)
messages = SourceConnection(
    "messages", base_connection=pubsub, params={"topicId": "customers", "subscriptionId": "adobe", "dataType": "raw"}
)
Dataflow("pubsub-flow", source=messages, target=customers, mapping={"id": "_id"})

warehouse = BaseConnection(
    "warehouse",
    source="snowflake-streaming",
    name="Warehouse",
    auth={
        "account": "acme.snowflakecomputing.com",
        "database": "SALES",
        "warehouse": "LOAD_WH",
        "username": "loader",
        "password": secrets["snowflake"],
    },
)
changes = SourceConnection(
    "changes", base_connection=warehouse, table="acme.customers", params={"timestampColumn": "updated_at"}
)
Dataflow("warehouse-flow", source=changes, target=customers, mapping={"customer_id": "_id"})

# Data that your own programs send to the address of an HTTP API connection.
raw_api = BaseConnection("raw-api", source="http-api-streaming", name="Raw events", auth={"dataType": "raw"})
raw_events = SourceConnection("raw-events", base_connection=raw_api)
Dataflow("raw-flow", source=raw_events, target=customers, mapping={"id": "_id"})

xdm_api = BaseConnection("xdm-api", source="http-api-streaming", name="XDM events", auth={"dataType": "xdm"})
xdm_events = SourceConnection("xdm-events", base_connection=xdm_api)
Dataflow("xdm-flow", source=xdm_events, target=customers)

# A webhook: the source sends to the address that the dataflow gets.
feedback = SourceConnection("feedback", source="pendo")
feedback_flow = Dataflow("feedback-flow", source=feedback, target=customers, mapping={"visitorId": "_id"})
pulumi.export("webhook", feedback_flow.inlet_url)
pulumi.export("rawApi", raw_api.inlet_url)
