"""Connections by a dynamic provider in the shape of the example in Pulumi's documentation."""

import os

import pulumi
import requests
from declared import connections
from pulumi.dynamic import CreateResult, ReadResult, Resource, ResourceProvider, UpdateResult

URL = os.environ["ADOBE_ENDPOINT"] + "/data/foundation/flowservice/connections"
HEADERS = {
    "Authorization": "Bearer " + os.environ["ADOBE_ACCESS_TOKEN"],
    "x-api-key": os.environ["ADOBE_CLIENT_ID"],
    "x-gw-ims-org-id": os.environ["ADOBE_ORG_ID"],
    "x-sandbox-name": os.environ["ADOBE_SANDBOX"],
}


def body(props):
    params = {name: props[name] for name in ("domain", "clusterId", "accessToken", "database")}
    return {
        "name": props["name"],
        "description": props["description"],
        "auth": {"specName": "Access Token Authentication", "params": params},
        "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"},
    }


class ConnectionProvider(ResourceProvider):
    def create(self, props):
        response = requests.post(URL, json=body(props), headers=HEADERS)
        response.raise_for_status()
        created = response.json()
        return CreateResult(created["id"], {**props, "etag": created["etag"]})

    def read(self, id, props):
        found = requests.get(f"{URL}/{id}", headers=HEADERS).json()["items"][0]
        return ReadResult(id, {**props, "name": found["name"], "description": found["description"]})

    def update(self, id, olds, news):
        etag = requests.get(f"{URL}/{id}", headers=HEADERS).json()["items"][0]["etag"]
        params = body(news)["auth"]["params"]
        changes = {"/name": news["name"], "/description": news["description"], "/auth/params": params}
        patch = [{"op": "replace", "path": path, "value": value} for path, value in changes.items()]
        response = requests.patch(f"{URL}/{id}", json=patch, headers={**HEADERS, "If-Match": etag})
        response.raise_for_status()
        return UpdateResult({**news, "etag": response.json()["etag"]})

    def delete(self, id, props):
        requests.delete(f"{URL}/{id}", headers=HEADERS).raise_for_status()


class Connection(Resource):
    def __init__(self, name, props, opts=None):
        super().__init__(ConnectionProvider(), name, {"etag": None, **props}, opts)


for logical_name, fields in connections():
    Connection(logical_name, {**fields, "accessToken": pulumi.Output.secret(fields["accessToken"])})
