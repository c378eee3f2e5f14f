"""What hundreds of stacks cost: measured points, a model fitted to them, and the numbers of docs/scale.md."""
