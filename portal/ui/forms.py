"""How every form looks: the renderer named in the settings. Order: label → 必須 → hint → error → control.

Not here: the fields (fields), forms made from dossier parts (part_forms).
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import loader


class PortalFormRenderer(DjangoTemplates):
    """Django's own widgets, our field group; templates under ``ui/`` come from the project's template folders."""

    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("ui/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)
