"""Reading JCSOS's work. No writes."""

from jcsos.queries.window import (
    get_member,
    members,
    membership_of,
    open_part,
    trip_in_window,
    trips_of_members,
)

__all__ = ["get_member", "members", "membership_of", "open_part", "trip_in_window", "trips_of_members"]
