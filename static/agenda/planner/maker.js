// The one button for a new session: it stands in the free cell under the pointer, or walks from cell to cell by arrow keys.
import { clock, minutes, worded } from './place.js'

const USUAL = 45 // minutes of a new session

export class Maker {
  constructor(editor) {
    this.editor = editor
    this.button = document.createElement('button')
    Object.assign(this.button, { type: 'button', className: 'make', textContent: '+' })
    this.offer(editor.plan.querySelector('td.free'))
  }

  offer(cell) {
    if (!cell || cell.contains(this.button) || this.editor.isBusy) return
    const { at } = cell.closest('tr').dataset, words = this.editor.dataset.make
    const room = this.editor.board.nameOf(cell.dataset.room)
    const shut = cell.classList.contains('shut') ? `. ${worded(this.editor.dataset.shut, { room })}` : ''
    this.button.setAttribute('aria-label', `${words}: ${room}, ${at}${shut}`)
    cell.append(this.button)
  }

  press() {
    const cell = this.button.parentElement, { at, day } = cell.parentElement.dataset
    const query = new URLSearchParams({ day, starts: at, ends: clock(minutes(at) + USUAL), room: cell.dataset.room })
    location.assign(`${this.editor.dataset.new}?${query}`)
  }

  // From free cell to free cell: up and down in a room, to the sides in a row.
  walk(key) {
    const cells = [...this.editor.plan.querySelectorAll('td.free')], here = this.button.parentElement
    const back = getComputedStyle(this.editor).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const isNear = key === 'ArrowUp' || key === 'ArrowDown'
      ? cell => cell.dataset.room === here.dataset.room
      : cell => cell.parentElement === here.parentElement
    const near = cells.filter(isNear), next = near[near.indexOf(here) + (key === 'ArrowUp' || key === back ? -1 : 1)]
    if (!next) return
    this.offer(next)
    this.button.focus()
  }
}
