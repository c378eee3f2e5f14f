"""What happens when the core is changed at random: `python -m tests.mutation` (make mutation)."""
