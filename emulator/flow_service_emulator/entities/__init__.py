"""The entities of Flow Service: storing, listing and changing them, whatever their kind."""
