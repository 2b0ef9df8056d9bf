// A session taken by its end is made longer or shorter. `done` is given its cell and the place it would have.
import { lasting, minutes, placeOf } from './place.js'

const EDGE = 8 // pixels at the end of a session by which it is taken
const ROW = 15 // minutes

export function stretch(editor, event, done) {
  const cell = event.target.closest('td.cell, td.band')
  if (!cell || event.button || event.target.closest('a') || cell.getBoundingClientRect().bottom - event.clientY > EDGE) return null
  const board = editor.board, from = placeOf(cell)
  event.preventDefault()
  cell.draggable = false
  const longer = at => {
    const row = board.rows.find(one => at < one.getBoundingClientRect().bottom) ?? board.rows.at(-1)
    return lasting(from, Math.max(minutes(row.dataset.at) + ROW - minutes(from.starts), ROW))
  }
  const moves = ({ clientY }) => board.draw({ ...longer(clientY), room: from.room || board.rooms[0]?.dataset.room })
  board.shade(board.peopleOf(cell))
  const ends = ({ type, clientY }) => {
    removeEventListener('pointermove', moves)
    for (const name of ['pointerup', 'pointercancel']) removeEventListener(name, ends)
    board.draw()
    board.shade()
    cell.draggable = true
    const place = longer(clientY)
    done(cell, type === 'pointerup' && place.ends !== from.ends ? place : null)
  }
  addEventListener('pointermove', moves)
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, ends)
  return cell
}
