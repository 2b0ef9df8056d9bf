// A session picked up by its handle: arrows move it, Enter drops it, Escape puts it back; a tap on the board moves it there.
import { clock, lasting, lasts, minutes, placeOf } from './place.js'

const STEP = 15, LAST = 24 * 60 - STEP // minutes

export class PickUp {
  constructor(editor, piece) {
    this.editor = editor
    this.ref = piece.dataset.ref
    this.from = placeOf(piece)
    this.seen = piece.dataset.seen
    const board = editor.board, isHere = this.from.day === board.day && this.from.room
    this.place = isHere ? this.from : lasting({ ...this.from, day: board.day, room: this.from.room || board.rooms[0]?.dataset.room || '', starts: this.from.starts }, lasts(this.from))
    piece.classList.add('up')
    this.show()
  }

  show() {
    this.editor.board.draw(this.place)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    this.editor.holds(this)
  }

  to(place) { this.place = { ...this.place, ...place }; this.show() }
  later(by) { this.to(lasting({ ...this.place, starts: clock(Math.min(Math.max(minutes(this.place.starts) + by, 0), LAST)) }, lasts(this.place))) }
  longer(by) { this.to(lasting(this.place, Math.max(lasts(this.place) + by, STEP))) }

  aside(by) {
    const rooms = this.editor.board.rooms.map(one => one.dataset.room), at = rooms.indexOf(this.place.room)
    this.to({ room: rooms[Math.min(Math.max(at + by, 0), rooms.length - 1)] ?? this.place.room })
  }

  day(number) {
    const day = document.querySelectorAll('#plan-days [data-day]')[number - 1]?.dataset.day
    if (day) this.to({ day })
  }

  // It is to wait for a time.
  wait() { this.to({ day: '' }) }

  // Whether this key meant something here.
  key(event) {
    const forward = getComputedStyle(this.editor).direction === 'rtl' ? -1 : 1
    const keys = {
      ArrowUp: () => event.shiftKey ? this.longer(-STEP) : this.later(-STEP), ArrowDown: () => event.shiftKey ? this.longer(STEP) : this.later(STEP),
      ArrowLeft: () => this.aside(-forward), ArrowRight: () => this.aside(forward),
      Enter: () => this.editor.drop(), Escape: () => this.editor.putBack(),
    }
    if (event.key === '0') this.wait()
    else if (/^[1-9]$/.test(event.key)) this.day(Number(event.key))
    else if (!keys[event.key] || event.target.closest('button')) return event.key === 'Escape' && (this.editor.putBack(), true)
    else keys[event.key]()
    return true
  }
}
