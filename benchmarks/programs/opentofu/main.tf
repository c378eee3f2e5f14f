# The connections by OpenTofu and the generic REST provider, which asks nothing before a POST and confirms nothing.

terraform {
  required_providers {
    restapi = {
      source = "mastercard/restapi"
    }
  }
}

variable "endpoint" {}
variable "client_id" {}
variable "org_id" {}
variable "sandbox" {}
variable "access_token" {}
variable "connections" {
  type = number
}

provider "restapi" {
  uri                   = var.endpoint
  create_returns_object = true
  headers = {
    "Authorization"   = "Bearer ${var.access_token}"
    "Content-Type"    = "application/json"
    "x-api-key"       = var.client_id
    "x-gw-ims-org-id" = var.org_id
    "x-sandbox-name"  = var.sandbox
  }
}

resource "restapi_object" "lake" {
  count = var.connections
  path  = "/data/foundation/flowservice/connections"
  data = jsonencode({
    name        = format("Databricks connection %04d", count.index)
    description = "A Databricks base connection to Experience Platform, first edition"
    auth = {
      specName = "Access Token Authentication"
      params = {
        domain      = "https://adb-1234567890123456.7.azuredatabricks.net"
        clusterId   = "0612-200003-abc123"
        accessToken = format("dapi-benchmark-%04d", count.index)
        database    = "acme-db"
      }
    }
    connectionSpec = { id = "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", version = "1.0" }
  })
}
