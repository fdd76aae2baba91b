"""Something below must tell something above. At most five; whatever can be a call downwards is no signal.

Receivers are connected where the package's `tasks` and `views` import them, and act in the sender's transaction.
"""

from blinker import Namespace

_signals = Namespace()

# A person is no longer a member of a network: send(None, network_id=…, user_id=…).
member_left = _signals.signal("member-left")
# A network that was public is not any more: send(None, network_id=…). Nothing in it may stay public (T03).
network_closed = _signals.signal("network-closed")
# A contact person's appointment is in force from now on: send(viewer, appointment=…). It may be told twice.
appointment_confirmed = _signals.signal("appointment-confirmed")
# An appointment is over: send(viewer, appointment=…).
appointment_ended = _signals.signal("appointment-ended")
# A person went to another organisation (I-07): send(viewer, person=…, left=…, entered=…), the organisations.
person_moved = _signals.signal("person-moved")
