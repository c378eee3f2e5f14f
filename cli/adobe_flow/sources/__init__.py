"""The catalogue of sources as a person reads it, and compared with what an organization has."""
