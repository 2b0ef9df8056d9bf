import { newKey } from './key.js'
import { wordsIn } from './words.js'

// A form that is kept on the server while somebody types, a second after the first key that is not kept, and whose words are counted.
// Without it the form works as it is: one button keeps, one sends.
const SOON = 1000, AGAIN = 5000, PATIENCE = 20000 // milliseconds; no answer in so many counts as no network

export class KeptForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.line = this.querySelector('[data-state]')
    this.window = newKey()
    this.sendings = 0
    this.form.addEventListener('formdata', event => event.formData.set('mark', `${this.window}.${++this.sendings}`)) // the server knows its window by it
    this.addEventListener('input', event => {
      this.count(event.target)
      this.soon(SOON)
    })
    this.form.addEventListener('submit', event => this.leave(event))
    this.addEventListener('change', event => this.dataset.file && event.target.type === 'file' && this.attach(event.target))
    if ([...this.form.querySelectorAll('textarea')].some(one => one.value !== one.defaultValue)) this.soon(SOON) // typed before this was loaded
    addEventListener('online', () => this.dirty && this.soon(0))
    addEventListener('pagehide', () => this.isOwed && !this.stopped && this.send(this.body(), { keepalive: true }))
  }

  // What is on its way may go with the page; the server takes it twice, and a later one in the place of an earlier.
  get isOwed() { return this.dirty || this.busy || this.isUnanswered }

  count(field) {
    const most = field.dataset?.words
    if (!most) return
    const words = wordsIn(field.value)
    const told = this.querySelector(`[data-count="${field.id}"]`)
    told.textContent = this.dataset.words.replace('{num}', words).replace('{most}', most)
    told.classList.toggle('error', words > most)
  }

  // The first key that is not kept waits so long, and no longer where the next ones follow without a pause.
  soon(wait) {
    this.dirty = true
    if (this.split) return this.rest()
    const due = performance.now() + wait
    if (this.timer && this.due <= due) return
    this.rest()
    this.due = due
    this.timer = setTimeout(() => { this.timer = null; this.keep() }, wait)
  }

  rest() {
    clearTimeout(this.timer)
    this.timer = null
  }

  // A file goes to the server as soon as it is chosen; where that fails, the form still holds it.
  async attach(input) {
    const [file] = input.files, hint = this.querySelector(`#${input.id}-hint`), before = hint.textContent
    if (!file) return
    const body = new FormData()
    body.set('csrf_token', this.form.elements.csrf_token.value)
    body.set('file', file)
    hint.setAttribute('role', 'status')
    hint.textContent = this.dataset.sending
    const answer = await fetch(this.dataset.file, { method: 'POST', body, headers: { 'X-Fetched-By': 'kept-form' }, redirect: 'manual' }).catch(() => null)
    const isKept = answer?.status === 200, isTold = isKept || answer?.status === 422 || answer?.status === 409
    hint.textContent = isTold ? await answer.text() : answer ? before : this.dataset.offline
    hint.classList.toggle('error', !isKept && Boolean(isTold || !answer))
    if (isKept && input.files[0] === file) input.value = ''
  }

  // What is on its way to be kept arrives first: it would be a draft once more beside what became of it.
  async leave(event) {
    this.stopped = true
    this.rest()
    if (!this.busy && !this.isUnanswered) return
    event.preventDefault()
    if (this.isLeaving) return
    this.isLeaving = true
    await this.keeping
    if (this.isUnanswered) await this.keepNow()
    if (this.isOffline) return this.stay()
    this.isUnanswered = false
    this.form.requestSubmit(event.submitter)
  }

  // The browser would show that there is no network in the place of the page.
  stay() {
    this.stopped = this.isLeaving = false
    this.soon(AGAIN)
  }

  keep() {
    if (!this.busy && !this.stopped) this.keeping = this.keepNow()
  }

  async keepNow() {
    this.busy = true
    this.dirty = false
    this.say(this.dataset.sending)
    const answer = await this.send(this.body(), { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    this.isOffline = !answer
    this.isUnanswered = !answer || answer.status >= 500
    this.busy = false
    if (answer?.status === 204) this.kept(answer)
    else await this.missed(answer)
    if (this.dirty && !this.split) this.soon(answer?.status === 204 ? SOON : AGAIN)
  }

  body() {
    const body = new FormData(this.form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    return body
  }

  send(body, how) {
    return fetch(this.dataset.to, { method: 'POST', body, headers: { 'X-Fetched-By': 'kept-form' }, redirect: 'manual', ...how })
  }

  kept(answer) {
    this.form.elements.base.value = answer.headers.get('X-Version')
    this.form.elements.over.value = ''
    this.say(this.dataset.saved.replace('{time}', this.there(answer.headers.get('X-Saved-At'))))
  }

  there(time) { return time }

  async missed(answer) {
    if (answer?.status === 422) return this.say(await answer.text(), 'error') // until it is changed
    if (answer?.status === 409) {
      this.split = true
      return this.say(`${await answer.text()} ${this.dataset.split}`, 'error')
    }
    if (answer?.status === 404) {
      this.split = true
      return this.say(this.dataset.ended, 'error')
    }
    this.dirty = true
    this.sayOffline()
  }

  sayOffline() { this.say(this.dataset.offline, 'error') }

  say(words, tone = '') {
    this.line.textContent = words
    this.line.classList.toggle('error', tone === 'error')
  }
}

customElements.define('kept-form', KeptForm)
