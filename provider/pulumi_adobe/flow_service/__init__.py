"""An HTTP client of Adobe's Flow Service API and of the other Experience Platform APIs beside it."""
