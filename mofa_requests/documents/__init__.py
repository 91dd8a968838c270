"""The papers of a request, made from one dossier and the directory entries used: values in, HTML and PDF out.

Not here: rows and jobs (models, tasks), laying out pages (portal.kit.pdf). Start reading at packet.build_packet.
"""
