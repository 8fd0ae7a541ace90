"""Where a figure comes from (数字溯源): parts that add up exactly, each with event and rule.

A further figure joins by one function in a module of this package and one line in
`registry.EXPLAINERS`.
"""
