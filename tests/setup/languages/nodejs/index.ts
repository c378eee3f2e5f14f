import * as pulumi from "@pulumi/pulumi";
import { DatabricksSourceConnection, exploreTablesOutput } from "./sdk";

const config = new pulumi.Config();
const lake = new DatabricksSourceConnection("lake", {
    name: "Lake",
    domain: "https://adb-1234567890123456.7.azuredatabricks.net",
    clusterId: config.get("cluster") ?? "xxxx",
    accessToken: config.requireSecret("token"),
    database: "acme-db",
});
export const tables = exploreTablesOutput({ connectionId: lake.id }).tables;
