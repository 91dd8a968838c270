"""Every write to a request. Each action is one transaction: state, audit event, jobs and notices together."""
