"""Cases of every rule in YAML, and the proofs over the whole rulebook."""
