"""Adding a constraint leaves the models that Django's own step leaves, and redraws no other."""

from __future__ import annotations

from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from portal.tenancy.steps import AddConstraint

ONCE = models.UniqueConstraint(fields=("school", "number"), name="trip_number_once")
POSITIVE = models.CheckConstraint(condition=models.Q(number__gt=0), name="trip_number_positive")


def _drawn() -> ProjectState:
    """A school with a trip, drawn as the migrations before have left them."""
    state = ProjectState()
    state.add_model(ModelState("trips", "School", [("id", models.AutoField(primary_key=True))]))
    school = models.ForeignKey("trips.School", models.CASCADE, related_name="trips")
    fields = [("id", models.AutoField(primary_key=True)), ("number", models.IntegerField()), ("school", school)]
    state.add_model(ModelState("trips", "Trip", fields, options={"constraints": [POSITIVE], "indexes": []}))
    assert len(state.apps.get_models()) == 2
    return state


def _constraints(state: ProjectState) -> tuple[list[models.BaseConstraint], list[models.BaseConstraint]]:
    """As the state keeps them, and as the drawn model knows them."""
    return state.models["trips", "trip"].options["constraints"], state.apps.get_model("trips.trip")._meta.constraints


def test_the_models_are_those_of_djangos_own_step() -> None:
    ours, theirs = _drawn(), _drawn()
    AddConstraint("trip", ONCE).state_forwards("trips", ours)
    migrations.AddConstraint("trip", ONCE).state_forwards("trips", theirs)
    assert _constraints(ours) == _constraints(theirs) == ([POSITIVE, ONCE], [POSITIVE, ONCE])


def test_no_model_is_drawn_anew_and_the_state_before_stays_as_it_was() -> None:
    state = _drawn()
    before, school, trip = state.clone(), state.apps.get_model("trips.school"), state.apps.get_model("trips.trip")
    AddConstraint("trip", ONCE).state_forwards("trips", state)
    assert (state.apps.get_model("trips.school"), state.apps.get_model("trips.trip")) == (school, trip)
    assert before.models["trips", "trip"].options["constraints"] == [POSITIVE]
