package main

import (
	"pulumi-adobe/adobe"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		cluster := settings.Get("cluster")
		if cluster == "" {
			cluster = "xxxx"
		}
		lake, err := adobe.NewDatabricksSourceConnection(ctx, "lake", &adobe.DatabricksSourceConnectionArgs{
			Name:        pulumi.String("Lake"),
			Domain:      pulumi.String("https://adb-1234567890123456.7.azuredatabricks.net"),
			ClusterId:   pulumi.String(cluster),
			AccessToken: settings.RequireSecret("token"),
			Database:    pulumi.String("acme-db"),
		})
		if err != nil {
			return err
		}
		found := adobe.ExploreTablesOutput(ctx, adobe.ExploreTablesOutputArgs{ConnectionId: lake.ID()})
		ctx.Export("tables", found.Tables())
		return nil
	})
}
