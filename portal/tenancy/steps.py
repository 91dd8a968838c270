"""Steps of migrations that cost what they change, for the many constraints of tables with walls between tenants.

Here: adding a constraint. Not here: the constraints themselves (rls).
"""

from __future__ import annotations

from django.db import migrations
from django.db.migrations.state import ProjectState


class AddConstraint(migrations.AddConstraint):
    """Django's own, without drawing every related model anew.

    A constraint changes no field, so no model but its own can tell. Everything here hangs on organisation and trip:
    redrawing all that is related took most of the time of a first start.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        key = app_label, self.model_name_lower
        kept = [*state.models[key].options.get("constraints", ()), self.constraint]
        state.models[key].options["constraints"] = kept
        if "apps" in state.__dict__:
            state.apps.get_model(*key)._meta.constraints = kept
