"""Every write to a plan. Each action is one transaction with its audit event."""
