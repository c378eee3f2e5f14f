"""Rules for connections and dataflows, each a plain function in a file of its own, and what runs them for Pulumi."""
