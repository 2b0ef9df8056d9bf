// Places on the board of a day: a place is {day, room, starts, ends}, with times as on the wall.
const DAY = 24 * 60 // minutes
const GAP = 2 // pixels between two cells

export const minutes = clock => { const [hours, rest] = clock.split(':').map(Number); return hours * 60 + rest }
export const clock = at => { const of = (at + DAY) % DAY; return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}` }
export const lasts = place => (minutes(place.ends) - minutes(place.starts) + DAY) % DAY // some end after midnight
export const lasting = (place, length) => ({ ...place, ends: clock(minutes(place.starts) + length) })
export const placeOf = piece => { const { day, room, starts, ends } = piece.dataset; return { day, room, starts, ends } }

export const worded = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? '')
// Whether one of these times, each a day counted from the first, from and until in minutes, is met then.
const falls = (first, spans, { day, starts }, length) => spans.some(([on, from, until]) =>
  on === (Date.parse(day) - Date.parse(first)) / (DAY * 60_000) && from < minutes(starts) + length && until > minutes(starts))

export class Board {
  constructor(plan) {
    this.frame = plan.querySelector('.board-frame')
    this.table = this.frame?.querySelector('table')
    this.rows = [...(this.table?.tBodies[0].rows ?? [])]
    this.rooms = [...(this.table?.tHead.querySelectorAll('[data-room]') ?? [])]
    this.day = plan.dataset.day
    this.first = plan.dataset.first
    this.people = JSON.parse(plan.dataset.people ?? '[]')
  }

  nameOf(room) { return this.rooms.find(one => one.dataset.room === room)?.dataset.name }

  // Those in a session who cannot take part at some time, each a name and times.
  peopleOf(piece) { return (piece?.dataset.people ?? '').split(' ').filter(Boolean).map(number => this.people[number]) }

  isShut({ room, ...place }) {
    const head = this.rooms.find(one => one.dataset.room === room)
    return falls(this.first, JSON.parse(head?.dataset.shut ?? '[]'), place, lasts(place))
  }

  // What speaks against a place, in these sentences: its room is not open, somebody of the session cannot take part.
  against(piece, place, { shut, away }) {
    if (!place.day) return []
    const names = this.peopleOf(piece).filter(([, spans]) => falls(this.first, spans, place, lasts(place))).map(([name]) => name)
    return [...this.isShut(place) ? [worded(shut, { room: this.nameOf(place.room) })] : [], ...names.map(name => worded(away, { name }))]
  }

  // Shades the rows in which one of these people cannot take part; without people, none.
  shade(people = []) {
    for (const row of this.rows) {
      const { at: starts, day } = row.dataset
      row.classList.toggle('away', people.some(([, spans]) => falls(this.first, spans, { day, starts }, 15)))
    }
  }

  // The room and the row under a point of the window; nothing where it is beside the table.
  under(x, y) {
    const within = (box, from, to, at) => box[from] - GAP <= at && at < box[to]
    const row = this.rows.find(one => within(one.getBoundingClientRect(), 'top', 'bottom', y))
    const head = this.rooms.find(one => within(one.getBoundingClientRect(), 'left', 'right', x))
    return row && head && { day: row.dataset.day, starts: row.dataset.at, room: head.dataset.room }
  }

  // Shows whether what is dragged would wait for a time where it is.
  offer(place) { document.querySelector('[data-pool]')?.classList.toggle('over', place?.day === '') }

  // Draws where something would stand; without a place, nothing is drawn.
  draw(place) {
    this.frame?.querySelector('.ghost')?.remove()
    const row = place && this.rows.find(one => one.dataset.day === place.day && minutes(one.dataset.at) + 15 > minutes(place.starts))
    const head = place && this.rooms.find(one => one.dataset.room === place.room)
    if (!row || !head) return
    const ghost = document.createElement('div'), first = this.rows.indexOf(row)
    const last = this.rows[Math.min(first + Math.ceil(lasts(place) / 15), this.rows.length) - 1] ?? row
    ghost.className = 'ghost'
    ghost.textContent = `${place.starts}–${place.ends}`
    Object.assign(ghost.style, {
      insetBlockStart: `${row.offsetTop + this.table.offsetTop}px`, left: `${head.offsetLeft + this.table.offsetLeft}px`,
      inlineSize: `${head.offsetWidth}px`, blockSize: `${last.offsetTop + last.offsetHeight - row.offsetTop}px`,
    })
    this.frame.append(ghost)
    return ghost
  }
}
