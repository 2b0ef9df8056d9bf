// The texts this browser keeps until the server has them: in IndexedDB; in localStorage where a browser refuses that; in this page
// alone where it refuses both. Each text is a row of its own, so that two windows never write over each other's.
import { alone } from './tabs.js'

const NAME = 'record', TEXTS = 'texts', ASIDE = 1e12 // what only this page keeps has numbers after all others

export class Store {
  static async open() {
    const store = new Store()
    store.place = await InDatabase.open().catch(() => InStorage.open())
    store.here = new Map()
    store.channel = new BroadcastChannel(NAME)
    store.channel.onmessage = () => store.changed?.() // another window changed something
    await alone(`${NAME}-moves`, () => store.takeOver()).catch(() => null)
    return store
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
      const [, where, whose, place] = name.match(/^typed:(\/[^:]*):(\d+):(.*)/) || []
      if (where) {
        const { text, base, version } = JSON.parse(localStorage.getItem(name))
        const fields = [['draft', base], ['version', version ?? ''], ['text', text]]
        await this.place.change([], { person: whose, page: `${where}#${place}`, state: 'typing', fields, at: Date.now() })
        localStorage.removeItem(name)
      }
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
