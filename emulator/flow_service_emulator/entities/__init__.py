"""The entities of Flow Service: how they are stored, listed and changed, whatever their kind."""
