// The windows of this browser: the name each has, which are open, and one acting at a time.
import { newKey } from '../house/key.js'

const LEFT = 'record-left:'
const RELOADS = 1000, LEAVING = 30000 // milliseconds until a window lets go of its name, at most; where it said that it leaves

// One window at a time, where the browser can tell them apart.
export const alone = (name, act) => navigator.locks ? navigator.locks.request(name, act) : act()

// The name of this window, one for all forms of a page. It stays over a reload, and goes to no copy of the window.
let own
export const nameOfWindow = () => own ||= claimed()

async function claimed() {
  const before = named(), patience = left().includes(before) ? LEAVING : RELOADS
  const name = before && await isMine(before, { signal: AbortSignal.timeout(patience) }) ? before : newKey()
  if (name !== before) await isMine(name)
  named(name)
  leaves(name, false)
  addEventListener('pagehide', () => leaves(name, true))
  return name
}

// Who leaves a page says so: on a slow machine the browser holds the name of a closed window for seconds.
function leaves(name, yes) {
  try {
    if (yes) localStorage.setItem(LEFT + name, '')
    else localStorage.removeItem(LEFT + name)
  } catch { /* refused: then only the names that are held tell */ }
}

function left() {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(LEFT)).map(key => key.slice(LEFT.length))
  } catch {
    return []
  }
}

function named(name) {
  try {
    if (name) sessionStorage.setItem('record-window', name)
    return sessionStorage.getItem('record-window')
  } catch {
    return '' // refused: then each loading is a window of its own
  }
}

// A name is held as long as its window is open; a window that reloads gets it back a moment later.
function isMine(name, how = {}) {
  if (!navigator.locks) return true
  return new Promise(told => {
    const held = () => { told(true); return new Promise(() => null) }
    navigator.locks.request(`window:${name}`, how, held).catch(() => told(false))
  })
}

// The names of the windows that are open.
export async function openWindows() {
  const { held } = await navigator.locks?.query() || { held: [] }
  const open = new Set(held.map(lock => lock.name.replace(/^window:/, '')))
  for (const name of left()) if (!open.delete(name)) leaves(name, false)
  return open
}

let last = 0 // of all forms of this page, and over a reload

// What tells a sending from those before it: the window, and a number that rises.
export const nextMark = window => window ? `${window}.${last = Math.max(last + 1, Date.now())}` : ''
