// Notes on their way to the server, in the order they were written: kept in this browser until the server has each one.
// Every note has an entry of its own, so that two tabs never write over each other's.
const SOON = 500, LATEST = 15000 // milliseconds until the next try, twice as long each time

export class Outbox {
  constructor(address, person, screen) {
    this.address = address
    this.screen = screen
    this.name = `outbox:${person}:${new URL(address).pathname}:` // nobody sends what somebody else wrote here
    this.busy = false
    addEventListener('storage', event => { if (event.key?.startsWith(this.name)) this.show() })
  }

  get notes() {
    const names = Object.keys(localStorage).filter(name => name.startsWith(this.name)).sort()
    return names.map(name => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
  }

  get ready() { return this.notes.filter(note => !note.refused) }

  get size() { return this.ready.length }

  // Throws where the browser keeps nothing: then the form is to be sent as it is.
  add(fields, refused = false) {
    this.last = Math.max(Date.now(), (this.last || 0) + 1)
    this.put({ name: `${this.name}${this.last}:${keyOf(fields)}`, fields, refused })
  }

  put({ name, fields, refused }) {
    localStorage.setItem(name, JSON.stringify({ fields, refused }))
    this.show()
  }

  remove(note) {
    localStorage.removeItem(note.name)
    this.show()
  }

  show() { this.screen.show(this.notes) }

  async flush() {
    if (this.busy) return
    this.busy = true
    clearTimeout(this.later)
    try {
      while (this.size && await this.sendFirst());
    } finally {
      this.busy = false
    }
    this.pause = this.size ? Math.min(LATEST, 2 * (this.pause || SOON)) : 0
    if (this.size) this.later = setTimeout(() => this.flush(), this.pause)
  }

  // True where the next one may go: this one was taken, or is put aside.
  async sendFirst() {
    const note = this.ready[0]
    this.screen.waiting(this.size, 'sending')
    const answer = await this.post(note).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) return this.wait('offline')
    if (answer.status === 201) return this.take(note, answer)
    if (answer.status === 400 || answer.status === 404) return this.renew()
    if (this.screen.giveBack(note)) return false
    this.put({ ...note, refused: true })
    this.screen.waiting(this.size, 'refused')
    return true
  }

  post(note) {
    const body = new FormData()
    for (const [name, value] of note.fields) body.append(name, value)
    body.append('csrf_token', document.querySelector('[name=csrf_token]').value)
    return fetch(this.address, { method: 'POST', body, headers: { 'X-Fetched-By': 'note-capture' }, redirect: 'manual' })
  }

  async take(note, answer) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    this.remove(note)
    this.screen.saved(document.importNode(page.querySelector('article'), true), answer.headers.get('X-Saved-At'))
    return true
  }

  // Signed out, or signed in again since: look for a fresh token, and wait where there is none.
  async renew() {
    const answer = await fetch(this.address, { redirect: 'manual' }).catch(() => null)
    if (!answer?.ok) return this.wait('signedOut')
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('.entry [name=csrf_token]')?.value
    const mine = page.querySelector('note-capture')?.dataset.person === this.screen.dataset.person
    if (!fresh || !mine || fresh === this.token) return this.wait('signedOut')
    this.token = fresh
    document.querySelectorAll('[name=csrf_token]').forEach(token => { token.value = fresh })
    return true
  }

  wait(why) {
    this.screen.waiting(this.size, why)
    return false
  }
}

const keyOf = fields => fields.find(([name]) => name === 'key')?.[1]
