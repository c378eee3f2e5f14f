"""Source and target connections, dataflows and their runs."""
