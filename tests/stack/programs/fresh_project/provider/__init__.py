"""Not the provider of this repository: many projects have a folder of this name."""

DOMAIN = "https://adb-1234567890123456.7.azuredatabricks.net"
