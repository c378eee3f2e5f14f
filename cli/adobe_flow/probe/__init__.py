"""The probe: which of the emulator's switches describe an organization, found out by requests to it.

Steps send requests and put the answers into a `Record` (`read_steps`, `write_steps`). Measures are functions that judge
a record (`list_measures`, `request_measures`, `connection_measures`, `dataflow_measures`). The table pairs each switch
with its measure, or with the reason why no probe can know it.
"""
