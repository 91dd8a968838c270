"""Every write of insurance beside the plan itself; each leaves its event in the same transaction."""
