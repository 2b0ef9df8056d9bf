// A plain form of the record, a summary or a translation: what is typed stays in this browser until the server has it.
// One of several forms of a page has a part of the page for its own (data-page), and answers for nothing but that.
import { bringBack, fieldsOf, isAnswer } from './fields.js'
import { Server } from './server.js'
import { StateLine } from './state-line.js'
import { Typing } from './typing.js'

customElements.define('kept-page', class extends HTMLElement {
  connectedCallback() {
    this.form = [...this.querySelectorAll('form')].find(form => form.querySelector('textarea'))
    this.isAnswered = isAnswer(this.dataset.page ? this.querySelector('p.error') : document.querySelector('.summary, .wrong, [role=alert]'))
    this.isTouched = 'asked' in this.dataset // a text that was asked for by name stays in the form
    if (this.isTouched) history.replaceState(null, '', location.pathname)
    this.server = new Server(this.dataset.page || location.pathname + location.search, this.dataset.person)
    this.line = new StateLine(this)
    this.form.addEventListener('input', () => { this.isTouched = true; this.typing.typed() })
    this.form.addEventListener('submit', event => this.isPlain || this.send(event))
    this.typing = new Typing(this)
    this.ready = this.typing.open().then(() => { this.dataset.ready = '' })
    if (this.dataset.typing) addEventListener('online', () => this.typing.shelter())
  }

  fields() { return fieldsOf(this.form) }
  get words() { return JSON.stringify(this.fields().filter(([name]) => name !== 'key' && name !== 'over')) }
  bringBack(fields) {
    bringBack(this.form, fields)
    this.form.closest('details')?.setAttribute('open', '')
    this.querySelectorAll('word-count').forEach(one => one.count())
    document.querySelector(`[data-unsaved="${this.form.elements.key?.value}"]`)?.remove() // it is here
  }
  tell() { this.line.kept() }
  sheltered(at) { this.line.sheltered(at) }
  inTrouble(fate) { return this.line.inTrouble(fate) }
  startAnew() { /* a key of this form is in no other window */ }

  async send(event) {
    event.preventDefault()
    if (this.isLeaving) return
    this.isLeaving = true
    const { submitter } = event, body = new FormData(this.form, submitter), words = this.words
    await this.ready
    this.line.say('sending', 'wait')
    await this.typing.calm()
    if (body.has('key')) body.set('key', this.form.elements.key.value)
    const { answer, fate } = await this.server.post(this.form.action, body)
    this.isLeaving = fate === 'taken'
    if (fate === 'refused') return this.sendPlainly(submitter)
    if (fate !== 'taken' && this.dataset.typing) this.typing.shelter() // not while it was being saved
    if (fate !== 'taken') return this.inTrouble(fate)
    await (this.words === words ? this.typing.forget() : this.typing.order) // what was typed since is there when this opens again
    location.assign(new URL(new URL(this.dataset.page || '', location).hash, answer.url)) // what a fetch is led to has no place in its page
  }

  sendPlainly(submitter) { // the server says on its page what is wrong
    this.isPlain = true
    this.form.requestSubmit(submitter)
  }
})
