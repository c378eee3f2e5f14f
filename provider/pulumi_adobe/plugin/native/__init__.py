"""The native adapter: a Pulumi provider of its own, which the engine calls over gRPC from programs in any language."""
