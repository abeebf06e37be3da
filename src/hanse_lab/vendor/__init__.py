"""Local servers that speak what NAPALM's unmodified drivers speak, with a live FRR behind them.

docs/develop/vendor-routers.md says what each imitates and what not.
"""
