"""JCSOS's desk at this stage: members and their submitted trips, read only, without persons."""
