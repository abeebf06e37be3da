"""Any Linux router, by SSH: its files as one transaction, its state as facts."""
