// What a gate says to a badge by the list of a phone: the rules of eventapp/checkin/actions.py: refusal_of, in their order.
// One table of cases holds both to it: tests/checkin/offline/cases.py.

// Why this gate does not let in whom the line is about at this moment, by the server's clock; '' where nothing stands against it.
export function refusal(gate, line, at) {
  if (!line) return 'unknown'
  if (line.replaced) return 'replaced'
  if (line.lapses && Date.parse(line.lapses) <= at) return 'lapsed'
  if (line.state !== 'approved') return line.state
  if (!isOpen(gate, clockAt(gate.zone, at))) return 'out-of-hours'
  return mayEnter(gate, line) ? '' : 'not-here'
}

// Nobody is kept inside by a rule: why somebody who goes out is not read.
export const leaving = line => line ? '' : 'unknown'

function isOpen({ opens = '', shuts = '' }, clock) {
  const first = opens || '00:00', last = shuts || '24:00'
  return first <= last ? first <= clock && clock < last : clock >= first || clock < last
}

// A zone that lets in nobody is a choice all the same: it opens no gate to all.
function mayEnter({ categories = [], tags = [], delegations = [], zones = [], parts = false, session = null }, line) {
  if (!categories.length && !tags.length && !delegations.length && !zones.length && !parts) return true
  if (categories.includes(line.category)) return true
  if (line.delegations.some(one => delegations.includes(one))) return true
  if (line.tags?.some(one => tags.includes(one))) return true
  if (!parts || !line.sessions) return false
  return session === null || line.sessions.includes(session)
}

// The time of the day on the wall of the meeting, such as 08:30.
export function clockAt(zone, at) {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

// The day on the wall of the meeting.
export function dayAt(zone, at) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
}
