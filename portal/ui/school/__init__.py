"""The school's desk: home, workspace, sections, check, submission, what follows. Not here: the roster (roster)."""
