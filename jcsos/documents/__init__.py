"""The papers of JCSOS. Start reading at report.build_report."""
