"""The command line `adobe-flow`: shows, exports, compares and adopts what exists in Experience Platform."""
