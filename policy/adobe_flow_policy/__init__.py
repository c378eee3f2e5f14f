"""Rules for connections and dataflows, each a plain function in its own file, and the policy pack that runs them."""
