"""The resource types: for each its resource schema (data), and its life-cycle hooks (code, `*_hooks.py`).

A schema imports nothing of the life cycle; programs that declare resources import schemas, but no hooks.
"""
