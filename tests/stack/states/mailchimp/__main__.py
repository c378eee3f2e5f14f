"""Declares Mailchimp Campaign as programs did while the catalogue had the id of Mailchimp Members for it."""

from __future__ import annotations

import pulumi

from pulumi_adobe import Auth, BaseConnection

config = pulumi.Config()

BaseConnection(
    "newsletter",
    name=config.get("newsletterName") or "Newsletter",
    source="mailchimp-campaign",
    auth=Auth(
        "Basic Authentication",
        {
            "host": "https://us1.api.mailchimp.com",
            "authorizationTestUrl": "https://login.mailchimp.com/oauth2/metadata",
            "username": "acme",
            "password": config.require_secret("secret"),
        },
    ),
)
