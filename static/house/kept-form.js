import { wordsIn } from './words.js'

// A form that is kept on the server while somebody types, a second after the last key, and whose words are counted.
// Without it the form works as it is: one button keeps, one sends.
const SOON = 1000, AGAIN = 5000 // milliseconds

class KeptForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.line = this.querySelector('[data-state]')
    this.addEventListener('input', event => {
      this.count(event.target)
      this.soon(SOON)
    })
    this.form.addEventListener('submit', () => {
      this.stopped = true
      clearTimeout(this.timer)
    })
    addEventListener('online', () => this.dirty && this.soon(0))
    addEventListener('pagehide', () => this.dirty && !this.stopped && this.send({ keepalive: true }))
  }

  count(field) {
    const most = field.dataset?.words
    if (!most) return
    const words = wordsIn(field.value)
    const told = this.querySelector(`[data-count="${field.id}"]`)
    told.textContent = this.dataset.words.replace('{num}', words).replace('{most}', most)
    told.classList.toggle('error', words > most)
  }

  soon(wait) {
    this.dirty = true
    clearTimeout(this.timer)
    if (!this.split) this.timer = setTimeout(() => this.keep(), wait)
  }

  async keep() {
    if (this.busy || this.stopped) return
    this.busy = true
    this.dirty = false
    this.say(this.dataset.sending)
    const answer = await this.send().catch(() => null)
    this.busy = false
    if (answer?.status === 204) this.kept(answer)
    else await this.missed(answer)
    if (this.dirty && !this.split) this.soon(answer?.status === 204 ? SOON : AGAIN)
  }

  send(how = {}) {
    const body = new FormData(this.form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    return fetch(this.dataset.to, { method: 'POST', body, headers: { 'X-Fetched-By': 'kept-form' }, redirect: 'manual', ...how })
  }

  kept(answer) {
    this.form.elements.base.value = answer.headers.get('X-Version')
    this.form.elements.over.value = ''
    this.say(this.dataset.saved.replace('{time}', answer.headers.get('X-Saved-At')))
  }

  async missed(answer) {
    if (answer?.status === 422) return this.say(await answer.text(), 'error') // until it is changed
    if (answer?.status === 409) {
      this.split = true
      return this.say(this.dataset.split, 'error')
    }
    this.dirty = true
    this.say(this.dataset.offline, 'error')
  }

  say(words, tone = '') {
    this.line.textContent = words
    this.line.classList.toggle('error', tone === 'error')
  }
}

customElements.define('kept-form', KeptForm)
