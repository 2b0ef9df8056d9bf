// A form whose text is kept while somebody types: in this browser at once, on the server a moment after the first key that it does not
// have, and in the form again when the page opens again. Without this the form works as it is. Two kinds:
// - of whose text there is one, for every device (`over`): where the server has another by now, whoever wrote it chooses; the form is
//   left by its buttons. Where there is no form any more, the text can be copied;
// - of which a person may have several, or that the server keeps when it is saved only: it is sent by fetch, and stays here until it is taken.
import { Draft } from './draft.js'
import { bringBack, fieldsOf, isAnswer, valueOf } from './fields.js'
import { Server } from './server.js'
import { StateLine } from './state-line.js'
import { Store } from './store.js'
import './word-count.js'

const AGAIN = 5000 // milliseconds until another try
const NOT_TYPED = /^(base|draft|version|over|mark|csrf_token|choice-.*)$/
const MOMENT = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const LANGUAGE = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang

export class DraftForm extends HTMLElement {
  connectedCallback() {
    this.isTouched = 'asked' in this.dataset // a text that was asked for by name stays in the form
    if (this.isTouched) history.replaceState(null, '', location.pathname)
    const here = location.pathname + location.search
    this.form = this.querySelector('textarea')?.form
    this.isOne = Boolean(this.form?.elements.over)
    this.server = new Server(this.isOne ? here : this.dataset.page || here, this.dataset.person)
    this.line = new StateLine(this)
    const told = this.isOne ? document.querySelector('.summary, .wrong, [role=alert]') : this.form?.querySelector('.wrong, p.error') || !this.dataset.page && document.querySelector('.summary')
    this.isAnswered = isAnswer(told)
    if (this.isOne && told && !this.isAnswered) return location.replace(here) // loaded once more it has the older text: what the server keeps is newer
    if (this.form) this.listen()
    this.ready = this.open().then(() => { this.dataset.ready = '' })
  }

  listen() {
    this.from = this.standsOn(this.fields())
    this.typing = new Draft(this)
    this.form.addEventListener('input', event => this.typed(event.isComposing))
    this.form.addEventListener('submit', event => this.isOne ? this.leave(event) : this.isPlain || this.send(event))
    this.addEventListener('change', event => this.dataset.file && event.target.type === 'file' && this.attach(event.target))
    if (this.isOne && [...this.form.querySelectorAll('textarea')].some(one => one.value !== one.defaultValue)) this.typed() // before this was loaded
  }

  async open() {
    if (!this.form) return this.show(await this.left(await Store.open()))
    await this.typing.open()
    if (this.isOne) this.show((await this.left(this.typing.kept)).filter(text => text.state === 'aside'))
  }

  typed() {
    this.isTouched = true
    this.typing.typed()
  }

  // Until what is typed is kept: in this browser, and on the server, where it answers. A page that comes earlier would show it nowhere.
  async keepNow() {
    await this.typing?.keepNow()
  }

  // A browser gives no file back, and which revision somebody reads is told by the page.
  fields() { return fieldsOf(this.form).filter(([name, value]) => typeof value === 'string' && !name.startsWith('seen-')) }
  get words() { return JSON.stringify(this.fields().filter(([name]) => !['key', 'draft', 'mark'].includes(name))) }
  startAnew() { /* a form behind a link is the same in every window; a key of any other is in no other window */ }

  bringBack(fields) {
    bringBack(this.form, fields)
    this.querySelectorAll('textarea').forEach(text => text.value && text.closest('details')?.setAttribute('open', ''))
    this.querySelectorAll('word-count').forEach(one => one.count())
    document.querySelector(`[data-unsaved="${this.form.elements.key?.value}"]`)?.remove() // it is here
  }

  // Where the text is, for the line that says so.
  tell() { this.line.kept() }
  keeping() { this.line.say('keeping') }
  sheltered(at) {
    if (this.isOne) this.form.elements.over.value = ''
    this.line.sheltered(at)
  }

  // True where it is worth another try.
  async missed(answer, fate) {
    const status = fate === 'signedOut' ? 0 : answer?.status
    if (status === 422) this.line.refused('told', await answer.text()) // until it is changed
    else if (this.isOne && (fate === 'notYours' || [404, 409, 410].includes(status))) {
      this.isSplit = true
      this.line.refused(status === 409 ? 'split' : 'ended', await answer.text())
    } else return !this.line.inTrouble(fate === 'refused' ? 'offline' : fate)
    return false
  }

  // A file goes to the server as soon as it is chosen; where that fails, the form still holds it.
  async attach(input) {
    const [file] = input.files, hint = this.querySelector(`#${input.id}-hint`), before = hint.textContent
    if (!file) return
    const body = new FormData()
    body.set('csrf_token', this.form.elements.csrf_token.value)
    body.set(input.name, file)
    hint.setAttribute('role', 'status')
    hint.textContent = this.dataset.sending
    const answer = await fetch(this.dataset.file, { method: 'POST', body, headers: { 'X-Fetched-By': 'draft-form' }, redirect: 'manual' }).catch(() => null)
    const isKept = answer?.status === 200, isTold = isKept || answer?.status === 422 || answer?.status === 409
    hint.textContent = isTold ? await answer.text() : answer ? before : this.dataset.offline
    hint.classList.toggle('error', !isKept && Boolean(isTold || !answer))
    if (isKept && input.files[0] === file) input.value = ''
  }

  // What is on its way to be kept arrives first: it would be a draft once more beside what became of it. Where there is no network
  // the page stays: the browser would show that in its place.
  async leave(event) {
    const { typing } = this
    this.isLeaving = true
    typing.rest()
    if (!typing.isBusy && !typing.isUnanswered) return
    event.preventDefault()
    if (this.isWaiting) return
    this.isWaiting = true
    const hasArrived = await typing.arrive()
    this.isWaiting = false
    if (hasArrived) return this.form.requestSubmit(event.submitter)
    this.isLeaving = false
    typing.soon(AGAIN)
  }

  async send(event) {
    event.preventDefault()
    if (this.isLeaving) return
    this.isLeaving = this.isTouched = true // what stands in the form is what is sent
    await this.ready
    this.line.say('sending')
    await this.typing.calm()
    const words = this.words
    const { answer, fate } = await this.server.post(this.form.action, new FormData(this.form, event.submitter))
    if (fate === 'refused') return this.sendPlainly(event.submitter)
    this.isLeaving = fate === 'taken'
    if (fate !== 'taken' && this.dataset.to) this.typing.shelter() // not while it was being saved
    if (fate !== 'taken') return this.line.inTrouble(fate)
    await (this.words === words ? this.typing.forget() : this.typing.order) // what was typed since is there when this opens again
    const to = new URL(answer.url)
    const back = new URL(this.dataset.back || this.dataset.page || '', location)
    if (to.pathname === back.pathname) to.hash = back.hash // what a fetch is led to has no place in its page
    location.assign(to)
  }

  sendPlainly(submitter) { // the server says on its page what is wrong
    this.isPlain = true
    this.form.requestSubmit(submitter)
  }

  // How much later this text is than what the server has of the same window; of another window nobody knows.
  ahead(text) {
    const [[here, num], [there, last]] = [valueOf(text.fields, 'mark'), this.dataset.mark].map(mark => (mark || '').split('.'))
    return here === there ? num - last : NaN
  }

  standsOn(fields) { return ['draft', 'base'].map(name => valueOf(fields, name)).join() }
  goesOn(text) { return this.ahead(text) > 0 || this.standsOn(text.fields) === this.from }

  left(kept) {
    this.here = kept
    return kept.texts(this.dataset.person, this.dataset.page || location.pathname)
  }

  // The texts that would push out a newer one of the server, or of another window; where there is no form, all.
  show(texts) {
    const said = this.form ? this.fields().map(([, value]) => value) : [...document.querySelectorAll('main dd, main .said')].map(one => one.textContent)
    const stands = new Set(said.map(value => value.trim()))
    for (const text of texts) {
      const typed = text.fields.filter(([name, value]) => !NOT_TYPED.test(name) && value.trim() && !stands.has(value.trim()))
      if (typed.length && !(this.ahead(text) <= 0)) this.tellOf(text, typed.map(([, value]) => value))
      else if (!this.querySelector('.lost')) this.here.change({ drop: [text.id] }) // what is given back is nowhere else
    }
  }

  tellOf(text, values) {
    const panel = document.importNode(this.querySelector('template[data-left]').content, true).firstElementChild
    const words = values.filter(value => /\s/.test(value.trim())).join('\n\n'), when = panel.querySelector('time')
    const press = (name, act) => panel.querySelector(`[data-${name}]`)?.addEventListener('click', act)
    panel.querySelector('.said').textContent = words
    when.textContent = this.line.at(text.at, MOMENT, LANGUAGE)
    when.dateTime = new Date(text.at).toISOString()
    press('copy', () => navigator.clipboard?.writeText(words))
    press('throw', () => { this.here.change({ drop: [text.id] }); panel.remove() })
    press('back', () => { panel.remove(); this.takeBack(text) })
    this.prepend(panel)
  }

  // What stands in the form is not lost for it: the server keeps it as a revision, and what it does not have waits here in its turn.
  async takeBack(text) {
    const before = this.typing.isOwed && this.fields()
    this.bringBack(text.fields)
    this.form.elements.over.value = '1'
    this.form.querySelector('textarea').focus()
    if (before) await this.typing.hand('aside', before)
    await this.typing.adopt(text)
    this.typing.soon(0)
  }
}
