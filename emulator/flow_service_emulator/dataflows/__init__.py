"""What comes after a base connection: source and target connections, dataflows and their runs."""
