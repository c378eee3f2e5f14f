"""Describe resource types as data: resource schemas, their fields, and the checks that need nothing but values."""
