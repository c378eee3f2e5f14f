"""What one run has read from Flow Service and its neighbours, kept so that nothing is requested twice."""
