// Notes on their way to the server, in the order they were saved: kept in this browser until the server has each one.
import { alone } from '../drafts/tabs.js'
import { reasonIn } from '../drafts/server.js'
import { valueOf } from '../drafts/fields.js'

const SOON = 500, LATEST = 15000 // milliseconds until the next try, twice as long each time

const keyOf = note => valueOf(note.fields, 'again') || valueOf(note.fields, 'key')

export class Outbox {
  constructor(kept, screen) {
    this.kept = kept
    this.screen = screen
    this.mine = [screen.dataset.person, location.pathname] // nobody sends what somebody else wrote here
    this.size = 0
    kept.changed = () => this.show()
  }

  async show() {
    const texts = await this.kept.texts(...this.mine), notes = texts.filter(text => !['typing', 'discarded'].includes(text.state))
    this.screen.typing.follow(texts)
    this.size = notes.filter(note => note.state === 'waiting').length
    this.screen.show(notes)
    return notes
  }

  async flush() {
    this.isAsked = true
    if (this.busy) return // who is at it looks once more before it ends
    this.busy = true
    clearTimeout(this.later)
    try {
      while (this.isAsked) await alone(`send:${this.mine}`, () => this.sendAll()) // never two windows at a time
    } catch {
      this.screen.line.inTrouble('offline') // an answer that broke off
    }
    this.busy = false
    this.pause = this.size ? Math.min(LATEST, 2 * (this.pause || SOON)) : 0
    if (this.size) this.later = setTimeout(() => this.flush(), this.pause)
  }

  async sendAll() {
    this.isAsked = false
    while (await this.sendFirst());
  }

  // True where the next one may go: this one was taken, or is put aside.
  async sendFirst() {
    const note = (await this.show()).find(text => text.state === 'waiting')
    if (!note) return false
    this.screen.line.say('sending')
    await this.screen.typing.sending // the same text, half typed, would come to the server after it
    const body = new FormData()
    for (const [name, value] of note.fields) body.append(name, value)
    const { answer, fate } = await this.screen.server.post(this.screen.form.action, body)
    if (fate === 'taken') await this.take(note, answer)
    else if (fate !== 'refused') return this.screen.line.inTrouble(fate)
    else if (await this.screen.giveBack(note)) return false
    else await this.refuse(note, await reasonIn(answer))
    await this.show()
    if (fate === 'refused') this.screen.line.say('refused')
    return true
  }

  // Unless it was taken back into the form meanwhile.
  async refuse(note, reason) {
    if ((await this.show()).some(text => text.id === note.id)) await this.kept.change({ put: { ...note, state: 'refused', reason } })
  }

  async take(note, answer) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    await this.kept.change({ drop: [note.id] })
    await this.show()
    if (!answer.headers.get('X-Saved-At')) return location.assign(answer.url) // somebody changed the note it had become: both texts
    this.screen.saved(document.importNode(page.querySelector('article'), true), answer.headers.get('X-Saved-At'), keyOf(note))
  }
}
