"""What the worker does for prints of a long agenda, while who asked for one looks on."""

from eventapp.agenda.exports.printing.making import AGENDA, make
from eventapp.meetings.prepared.jobs import making

LONG_JOBS = (making("make prints of agendas", AGENDA, make),)
