// Fast entry: keys for the kind, suggested goals, a word count, and a copy in this browser until the server has it.
import { Outbox } from './outbox.js'
import { takeMarks } from './shorthand.js'
import { Suggestions } from './suggest.js'
import './word-count.js'
import { wordsIn } from '../house/words.js'

const LIMIT = 150
const SAFE_AFTER = 700 // milliseconds of quiet before the server keeps the draft too

customElements.define('note-capture', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.text = this.form.elements.text
    this.draftKey = `note:${this.dataset.person}:${location.pathname}`
    this.restore()
    this.form.addEventListener('input', () => this.typed())
    this.querySelector('#reasons button').addEventListener('click', () => this.takeSuggestions())
    this.form.addEventListener('reset', event => { event.preventDefault(); this.blank(); this.start() })
    this.addEventListener('keydown', event => this.hot(event))
    this.refresh()
    this.learn()
    if (!this.dataset.typing) { // a note that is changed: the plain form saves it, its copy goes when it is sent
      this.form.addEventListener('submit', () => localStorage.removeItem(this.draftKey))
      return
    }
    this.outbox = new Outbox(this.form.action, this.dataset.person, this)
    this.form.addEventListener('submit', event => this.send(event))
    addEventListener('online', () => this.outbox.flush())
    addEventListener('pagehide', () => this.keep())
    if (!this.text.value.trim()) this.form.elements.key.value = newKey() // a kept page may be opened many times
    this.outbox.show()
    this.outbox.flush()
    this.settle()
  }

  // So that this screen opens without a network, once it was opened with one.
  async settle() {
    const signOut = document.querySelector('form[action$="sign-out"]')
    signOut?.addEventListener('submit', () => caches.delete('record-pages'))
    if (!navigator.serviceWorker) return
    navigator.serviceWorker.addEventListener('message', () => { this.dataset.opensOffline = '' })
    await navigator.serviceWorker.register(this.dataset.worker, { scope: location.pathname }).catch(() => null)
    const worker = await navigator.serviceWorker.ready
    const files = performance.getEntriesByType('resource').map(one => one.name).filter(name => /\/static\/|words\.json/.test(name))
    worker.active.postMessage({ page: location.href.split('#')[0], files })
  }

  hot(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.form.requestSubmit(this.form.querySelector('.btn.go'))
    }
    const digit = event.altKey && !event.ctrlKey && event.code.match(/^Digit([1-8])$/)
    if (event.altKey && !event.ctrlKey && event.code === 'Digit0') {
      event.preventDefault()
      this.takeSuggestions()
    }
    if (digit) {
      event.preventDefault()
      const kinds = this.form.elements.kind
      if (kinds[digit[1] - 1]) kinds[digit[1] - 1].click()
    }
  }

  typed() {
    takeMarks(this.form, [...this.querySelectorAll('#speakers option')].map(option => option.value))
    this.refresh()
    this.keep()
    clearTimeout(this.timer)
    if (this.dataset.typing) this.timer = setTimeout(() => this.shelter(), SAFE_AFTER)
  }

  refresh() {
    const words = wordsIn(this.text.value)
    const out = this.querySelector('#words')
    out.value = words
    out.classList.toggle('error', words > LIMIT)
    this.querySelectorAll('word-count').forEach(one => one.count())
    const lines = [...this.form.querySelectorAll('[name=action_lines]:checked')]
    const names = this.querySelector('#names')
    names.textContent = lines.map(line => line.closest('label').dataset.title).join(', ') || names.dataset.none
    this.hint()
    this.suggest(lines)
  }

  // What the words of the text speak for is marked, with the words that do; nothing is chosen for anybody.
  async learn() {
    const answer = await fetch(this.dataset.words).catch(() => null)
    if (!answer?.ok) return
    const matrix = {}
    for (const line of this.form.querySelectorAll('[name=action_lines]')) {
      matrix[line.value] = new Set(line.dataset.goals.split(' ').map(link => link.split(':')[0]))
    }
    this.suggestions = new Suggestions(await answer.json(), matrix)
    this.refresh()
  }

  hint() {
    if (!this.suggestions) return
    const hints = this.suggestions.for(this.text.value)
    this.hints = [...hints.action_lines.map(hint => [`action_lines`, hint]), ...hints.goals.map(hint => ['goals', hint])]
    this.form.querySelectorAll('.hinted').forEach(label => label.classList.remove('hinted'))
    const reasons = this.hints.map(([name, hint]) => {
      const label = this.box(name, hint.tag).closest('label')
      label.classList.add('hinted')
      return `${label.dataset.short} (${hint.words.slice(0, 3).join(', ')})`
    })
    this.querySelector('#reasons').hidden = !reasons.length
    this.querySelector('#reasons span').textContent = reasons.join(' · ')
  }

  box(name, tag) { return this.form.querySelector(`[name=${name}][value="${tag}"]`) }

  takeSuggestions() {
    for (const [name, hint] of this.hints || []) this.box(name, hint.tag).checked = true
    this.typed()
  }

  suggest(lines) { // a goal ranks by how many of the chosen lines the Matrix links to it, then by how many targets say why
    const shared = {}, targets = {}
    for (const line of lines) {
      for (const link of line.dataset.goals.split(' ').filter(Boolean)) {
        const [goal, count] = link.split(':')
        shared[goal] = (shared[goal] || 0) + 1
        targets[goal] = (targets[goal] || 0) + Number(count)
      }
    }
    const most = Math.max(0, ...Object.values(shared)), box = this.querySelector('[data-suggested]')
    const labels = [...box.children], goal = label => label.querySelector('input').value
    const score = label => shared[goal(label)] || 0, weight = label => targets[goal(label)] || 0
    labels.forEach(label => label.classList.toggle('both', most > 0 && score(label) === most))
    if (box.contains(document.activeElement)) return // never move what somebody is using
    labels.sort((a, b) => score(b) - score(a) || weight(b) - weight(a) || goal(a) - goal(b))
    box.append(...labels)
  }

  // What is being typed is in this browser at once, and on the server a moment later.
  fields() { return [...new FormData(this.form)].filter(([name]) => name !== 'csrf_token') }

  keep() {
    if (this.text.value.trim()) localStorage.setItem(this.draftKey, JSON.stringify(this.fields()))
    else localStorage.removeItem(this.draftKey)
  }

  restore() {
    const kept = localStorage.getItem(this.draftKey)
    if (!kept || this.form.querySelector('.wrong') || document.querySelector('.summary')) return
    const fields = JSON.parse(kept), base = fields.find(([name]) => name === 'base')
    const mine = this.form.elements.base.value
    if (base && base[1] !== mine) this.form.elements.base.value = base[1] // saved over a newer one: the server shows both
    this.fill(fields)
  }

  fill(fields) {
    const values = {}
    for (const [name, value] of fields) (values[name] ||= []).push(value)
    for (const field of this.form.elements) {
      if (!field.name || field.name === 'csrf_token' || field.name === 'base') continue
      if (['checkbox', 'radio'].includes(field.type)) field.checked = (values[field.name] || []).includes(field.value)
      else if (values[field.name]?.length) field.value = values[field.name].shift()
    }
  }

  async shelter() {
    if (!this.text.value.trim() || !this.form.elements.key.value) return
    const answer = await fetch(this.dataset.typing, { method: 'POST', body: new FormData(this.form) }).catch(() => null)
    const at = answer?.ok && answer.headers.get('X-Saved-At')
    if (at && !this.outbox.size) this.say(`${this.dataset.safe} ${at}`, 'ok')
  }

  send(event) {
    if (event.submitter?.name === 'suggest') return
    if (!this.text.value.trim() || this.text.value.split(/\s+/).filter(Boolean).length > LIMIT) return // the server says what is wrong
    try {
      this.outbox.add(this.fields())
    } catch {
      return // this browser keeps nothing: the plain form does it
    }
    event.preventDefault()
    clearTimeout(this.timer)
    this.blank()
    this.start()
    this.outbox.flush()
  }

  // Ready for the next note; kind, speaker, attribution and language mostly stay the same.
  blank() {
    for (const field of this.form.elements) {
      if (['csrf_token', 'kind', 'ceiling', 'language', 'speaker'].includes(field.name)) continue
      if (field.type === 'checkbox') field.checked = false
      else if (field.type === 'radio') field.checked = field.value === ''
      else if (field.tagName !== 'FIELDSET' && field.tagName !== 'BUTTON') field.value = ''
    }
  }

  start() {
    this.form.elements.key.value = newKey()
    this.refresh()
    this.keep()
    this.text.focus()
  }

  // The outbox tells what became of a note.
  saved(note, at) {
    const list = this.querySelector('[data-kept-notes]')
    list.querySelector('[data-empty]')?.remove()
    const old = document.getElementById(note.id)
    if (old) old.replaceWith(note)
    else list.prepend(note)
    this.querySelector('#kept-heading').textContent = note.dataset.heading
    this.say(`${this.dataset.saved} ${at}`, 'ok')
  }

  waiting(count, why) {
    const words = { offline: this.dataset.offline.replace('{n}', count), signedOut: this.dataset.signedOut, sending: this.dataset.sending, refused: this.dataset.refused }
    this.say(words[why], why === 'sending' ? 'wait' : why === 'refused' ? 'stop' : 'off')
  }

  // The notes that are in this browser only, above those the server has.
  show(notes) {
    this.querySelectorAll('[data-here]').forEach(old => old.remove())
    const list = this.querySelector('[data-kept-notes]'), pattern = this.querySelector('template').content
    for (const note of notes) {
      const here = document.importNode(pattern, true).firstElementChild
      here.querySelector('.serif').textContent = note.fields.find(([name]) => name === 'text')[1]
      here.querySelector(note.refused ? '.off' : '.stop').remove()
      here.querySelector('button').addEventListener('click', () => this.takeBack(note))
      list.prepend(here)
    }
  }

  // A note that waits comes back into the form; what stands there is not lost for it.
  takeBack(note) {
    this.outbox.remove(note)
    if (this.text.value.trim()) this.outbox.add(this.fields(), true)
    this.fill(note.fields)
    this.form.elements.key.value = newKey()
    this.typed()
    this.text.focus()
  }

  // What the server would not take comes back too, and the server says on the page what is wrong with it.
  giveBack(note) {
    if (this.text.value.trim()) return false
    this.outbox.remove(note)
    this.fill(note.fields)
    this.keep()
    HTMLFormElement.prototype.submit.call(this.form)
    return true
  }

  say(words, tone) {
    const pattern = this.querySelectorAll('template')[1].content.querySelector(`.${tone}`)
    const state = document.importNode(pattern, true)
    state.append(words)
    document.querySelector('#saved').replaceChildren(state)
  }
})

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(18))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
