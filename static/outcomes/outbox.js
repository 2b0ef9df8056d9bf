// Notes on their way to the server, in the order they were written: kept in this browser until the server has each one.
export class Outbox {
  constructor(address, person, screen) {
    this.address = address
    this.screen = screen
    this.name = `outbox:${person}:${new URL(address).pathname}` // nobody sends what somebody else wrote here
    this.busy = false
  }

  get notes() { return JSON.parse(localStorage.getItem(this.name) || '[]') }

  get size() { return this.notes.length }

  get ready() { return this.notes.filter(note => !note.refused) }

  add(fields, refused = false) { this.put([...this.notes, { fields, refused, at: Date.now() }]) }

  put(notes) {
    if (notes.length) localStorage.setItem(this.name, JSON.stringify(notes))
    else localStorage.removeItem(this.name)
    this.show()
  }

  show() { this.screen.show(this.notes) }

  // Other tabs may have added some meanwhile: take out exactly this one, by its key.
  remove(note) {
    this.put(this.notes.filter(one => keyOf(one) !== keyOf(note)))
  }

  async flush() {
    if (this.busy) return
    this.busy = true
    clearTimeout(this.later)
    try {
      while (this.ready.length && await this.sendFirst());
    } finally {
      this.busy = false
    }
    if (this.ready.length) this.later = setTimeout(() => this.flush(), 5000)
  }

  // True where the next one may go: this one was taken, or came back into the form.
  async sendFirst() {
    const note = this.ready[0]
    this.screen.waiting(this.size, 'sending')
    const answer = await this.post(note).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) return this.wait('offline')
    if (answer.status === 201) return this.take(note, answer)
    if (answer.status === 400 || answer.status === 404) return this.renew()
    if (this.screen.giveBack(note)) return false
    this.put(this.notes.map(one => keyOf(one) === keyOf(note) ? { ...one, refused: true } : one))
    return this.wait('refused') || this.ready.length > 0
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
    const tokens = document.querySelectorAll('[name=csrf_token]')
    if (!fresh || fresh === this.token) return this.wait('signedOut')
    this.token = fresh
    tokens.forEach(token => { token.value = fresh })
    return true
  }

  wait(why) {
    this.screen.waiting(this.size, why)
    return false
  }
}

const keyOf = note => note.fields.find(([name]) => name === 'key')?.[1]
