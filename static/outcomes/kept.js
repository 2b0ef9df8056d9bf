// The texts this browser keeps until the server has them: in IndexedDB; in localStorage where a browser refuses that; in this page
// alone where it refuses both. Each text is a row of its own, so that two windows never write over each other's.
import { newKey } from '../house/key.js'

const NAME = 'record', LEFT = 'record-left:', TEXTS = 'texts', ASIDE = 1e12 // what only this page keeps has numbers after all others
const RELOADS = 1000, LEAVING = 30000 // milliseconds until a window lets go of its name, at most; where it said that it leaves

export class Kept {
  static async open() {
    const kept = new Kept()
    kept.place = await InDatabase.open().catch(() => InStorage.open())
    kept.here = new Map()
    kept.channel = new BroadcastChannel(NAME)
    kept.channel.onmessage = () => kept.changed?.() // another window changed something
    await alone(`${NAME}-moves`, () => kept.takeOver()).catch(() => null)
    return kept
  }

  // False where a text would be gone with this page.
  get isSafe() { return Boolean(this.place) && !this.here.size }

  // What this person keeps here, of one page or of all, in the order it was written.
  async texts(person, page = '') {
    const rows = new Map((await this.place?.all().catch(() => []) || []).map(row => [row.id, row]))
    this.here.forEach((row, id) => rows.set(id, row))
    return [...rows.values()].filter(row => row.person === person && (!page || row.page === page)).sort((a, b) => a.id - b.id)
  }

  // At once, or not at all: these rows go, this one comes. Tells its number.
  async change({ drop = [], put = null }) {
    let id
    try {
      id = await this.place.change(drop, put)
    } catch { // refused, or full
      if (put) this.here.set(id = put.id || ASIDE + this.here.size, { ...put, id })
    }
    drop.forEach(gone => this.here.delete(gone))
    this.channel.postMessage('')
    return id
  }

  // What a page of an earlier version left in localStorage.
  async takeOver() {
    for (const name of Object.keys(localStorage).sort()) {
      const [, kind, person, page] = name.match(/^(outbox|note):(\d+):(\/[^:]*)/) || []
      if (!kind) continue
      const left = JSON.parse(localStorage.getItem(name))
      const fields = left.fields || left
      const state = kind === 'note' ? 'typing' : left.refused ? 'refused' : 'waiting'
      await this.place.change([], { person, page, state, fields, at: Date.now() })
      localStorage.removeItem(name)
    }
  }
}

class InDatabase {
  static async open() {
    const place = new InDatabase()
    await place.connect()
    return place
  }

  async connect() {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TEXTS, { keyPath: 'id', autoIncrement: true })
    this.opened = await answer(request)
    this.opened.onversionchange = () => this.opened.close()
  }

  async all() { return answer(this.opened.transaction(TEXTS).objectStore(TEXTS).getAll()) }

  async change(drop, put, again = true) {
    try {
      const work = this.opened.transaction(TEXTS, 'readwrite', { durability: 'strict' }), texts = work.objectStore(TEXTS)
      drop.forEach(id => texts.delete(id))
      const written = put && texts.put(put)
      work.commit?.() // also where the page goes away meanwhile
      await new Promise((done, failed) => {
        work.oncomplete = done
        work.onerror = work.onabort = () => failed(work.error)
      })
      return written?.result
    } catch (error) {
      if (error.name !== 'InvalidStateError' || !again) throw error
      await this.connect() // it was closed behind our back
      return this.change(drop, put, false)
    }
  }
}

class InStorage {
  static open() {
    try {
      localStorage.setItem(`${NAME}:probe`, '')
      localStorage.removeItem(`${NAME}:probe`)
      return new InStorage()
    } catch {
      return null
    }
  }

  get names() { return Object.keys(localStorage).filter(name => /^record:\d+$/.test(name)) }

  async all() { return this.names.map(name => JSON.parse(localStorage.getItem(name))) }

  async change(drop, put) {
    let id
    if (put) {
      id = put.id || 1 + Math.max(Number(localStorage.getItem(`${NAME}:last`)), ...this.names.map(name => Number(name.split(':')[1])))
      localStorage.setItem(`${NAME}:last`, id)
      localStorage.setItem(`${NAME}:${id}`, JSON.stringify({ ...put, id }))
    }
    drop.forEach(gone => localStorage.removeItem(`${NAME}:${gone}`))
    return id
  }
}

const answer = request => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => failed(request.error)
})

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
