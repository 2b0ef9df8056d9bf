// Fast entry: keys for the kind, suggested goals, a word count; and nothing that is typed gets lost.
import { bringBack, fieldsOf, fill, isAnswer } from './fields.js'
import { Marks } from './marks.js'
import { Outbox } from './outbox.js'
import { Server } from './server.js'
import { StateLine } from './state-line.js'
import { Suggestions } from './suggest.js'
import { Typing, valueOf } from './typing.js'
import './word-count.js'
import { newKey } from '../house/key.js'
import { wordsIn } from '../house/words.js'

const LIMIT = 150
const loaded = new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))

customElements.define('note-capture', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.text = this.form.elements.text
    this.isAnswered = isAnswer(this.form.querySelector('.wrong') || document.querySelector('.summary'))
    this.server = new Server(location.pathname, this.dataset.person)
    this.line = new StateLine(this)
    this.marks = new Marks(this)
    if (this.isNew && this.isBlank) this.form.elements.key.value = newKey() // a kept page may be opened many times
    this.form.addEventListener('input', event => this.typed(event.isComposing))
    this.form.addEventListener('compositionend', () => this.typed())
    this.form.addEventListener('submit', event => this.isNew ? this.send(event) : this.change(event))
    this.form.addEventListener('reset', event => { event.preventDefault(); this.isTouched = true; this.putRight(); this.startAnew(); this.typing.typed() })
    this.querySelector('#reasons button').addEventListener('click', () => this.takeSuggestions())
    this.addEventListener('keydown', event => this.hot(event))
    this.refresh()
    this.learned = this.learn()
    this.isTouched = 'asked' in this.dataset // a text that was asked for by name stays in the form
    if (this.isTouched) history.replaceState(null, '', location.pathname)
    this.typing = new Typing(this)
    this.ready = this.open()
    if (this.isNew) this.settle()
    if (document.activeElement === this.text && !this.text.selectionEnd) this.text.selectionStart = this.text.value.length // who goes on with a text does so at its end
    if (document.activeElement === this.text) this.text.scrollIntoView({ block: 'nearest' }) // on a phone the bar stood on the line
  }

  get isNew() { return Boolean(this.dataset.worker) } // else a note that is changed
  get isBlank() { return !this.text.value.trim() }

  // What this browser has of this page comes back, and what waits goes on its way.
  async open() {
    await this.typing.open()
    this.outbox = new Outbox(this.typing.kept, this)
    await this.outbox.show()
    this.dataset.ready = ''
    addEventListener('online', () => { if (this.isNew) this.outbox.flush(); this.typing.shelter() })
    if (!this.isNew) return
    if (!navigator.onLine) this.inTrouble('offline')
    this.outbox.flush()
  }

  // So that this screen opens without a network, once it was opened with one.
  async settle() {
    const signOut = document.querySelector('form[action$="sign-out"]')
    signOut?.addEventListener('submit', () => caches.delete('record-pages'))
    if (!navigator.serviceWorker) return
    navigator.serviceWorker.addEventListener('message', () => { this.dataset.opensOffline = '' })
    await navigator.serviceWorker.register(this.dataset.worker, { scope: location.pathname }).catch(() => null)
    const worker = await navigator.serviceWorker.ready
    await Promise.all([this.learned, loaded]) // what is still on its way would be missing
    const files = performance.getEntriesByType('resource').map(one => one.name).filter(name => /\/static\/|words\.json/.test(name))
    this.copy = () => worker.active.postMessage({ page: location.href.split('#')[0], files })
    this.copy()
  }

  hot(event) {
    const chosen = this.marks.takes(event)
    if (chosen) event.preventDefault()
    if (chosen === 'taken') this.typed()
    if (chosen) return
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

  typed(isComposing) {
    this.marks.typed(isComposing)
    this.refresh()
    this.isTouched = true
    this.typing.typed()
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
    const reasons = this.hints.filter(([name, hint]) => {
      const box = this.box(name, hint.tag)
      box.closest('label').classList.add('hinted')
      return !box.checked
    }).map(([name, hint]) => `${this.box(name, hint.tag).closest('label').dataset.short} (${hint.words.slice(0, 3).join(', ')})`)
    this.querySelector('#reasons').hidden = !reasons.length // what is chosen already is not there to be taken
    this.querySelector('#reasons span').textContent = reasons.join(' · ')
  }

  box(name, tag) { return this.form.querySelector(`[name=${name}][value="${tag}"]`) }

  takeSuggestions() {
    const isPressed = this.querySelector('#reasons').contains(document.activeElement)
    for (const [name, hint] of this.hints || []) this.box(name, hint.tag).checked = true
    if (isPressed) this.text.focus() // the button goes
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

  fields() { return fieldsOf(this.form) }
  get words() { return JSON.stringify(this.fields().filter(([name]) => name !== 'key' && name !== 'over')) }

  bringBack(fields) {
    bringBack(this.form, fields)
    this.refresh()
  }

  async send(event) {
    if (event.submitter?.name === 'suggest') return
    if (this.isBlank || this.text.value.split(/\s+/).filter(Boolean).length > LIMIT) return // the server says what is wrong
    event.preventDefault()
    const fields = this.fields()
    this.isTouched = true // it does not come back into the form while the page still opens
    this.putRight()
    this.startAnew()
    await Promise.all([this.typing.send(fields), this.ready])
    this.outbox.flush()
  }

  // A changed note: its text stays here until the server has it.
  async change(event) {
    event.preventDefault()
    if (this.isLeaving) return
    this.isLeaving = true
    await this.ready
    this.line.say('sending', 'wait')
    await this.typing.calm()
    const words = this.words
    const { answer, fate } = await this.server.post(this.form.action, new FormData(this.form))
    if (fate === 'refused') return HTMLFormElement.prototype.submit.call(this.form) // the server says on its page what is wrong
    this.isLeaving = fate === 'taken'
    if (fate !== 'taken') this.typing.shelter() // not while it was being saved
    if (fate !== 'taken') return this.inTrouble(fate)
    await (this.words === words ? this.typing.forget() : this.typing.order) // what was typed since is there when this opens again
    const to = new URL(answer.url), back = new URL(this.dataset.back, location)
    location.assign(to.pathname === back.pathname ? back : to)
  }

  // What the server said is wrong was said of a text that is gone.
  putRight() {
    document.querySelector('.summary')?.remove()
    this.form.querySelectorAll('p.error').forEach(sentence => sentence.remove())
    this.form.querySelectorAll('.wrong').forEach(field => field.classList.remove('wrong'))
    this.form.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'))
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

  startAnew() {
    this.blank()
    this.marks.forget()
    this.form.elements.key.value = newKey()
    this.refresh()
    this.text.focus()
    this.form.dispatchEvent(new Event('anew'))
  }

  // The outbox tells what became of a note.
  saved(note, at, key = '') {
    const list = this.querySelector('[data-kept-notes]')
    list.querySelector('[data-empty]')?.remove()
    const old = document.getElementById(note.id)
    if (old) old.replaceWith(note)
    else list.prepend(note)
    this.querySelector('#kept-heading').textContent = note.dataset.heading
    if (!this.outbox.size) this.copy?.() // who opens this page without a network finds the note there
    const { key: { value: current }, again: { value: again } } = this.form.elements
    const isHere = key && !this.isBlank && again === key // it was taken back meanwhile
    const isNext = key && !this.isBlank && current !== key && again !== key
    if (this.line.trouble || (isNext && !this.outbox.size)) this.typing.shelter() // the network is back, or the line speaks of the next text
    this.line.saved(at, isHere ? 'again' : 'saved')
  }

  // Where everything is, for the line that says so.
  tell() { this.line.kept() }
  sending() { this.line.say('sending', 'wait') }
  refused() { this.line.say('refused', 'stop') }
  sheltered(at) {
    if (this.line.trouble) this.outbox?.flush() // the network is back
    this.line.sheltered(at)
  }
  inTrouble(fate) { return this.line.inTrouble(fate) }

  became(note, at) {
    if (!this.isNew) return location.assign(this.dataset.back)
    this.line.saved(at)
    if (!document.getElementById(note)) location.reload() // saved in another window: it stands in the list then
  }

  // The texts that are in this browser only, above those the server has.
  show(notes) {
    this.querySelectorAll('[data-here]').forEach(old => old.remove())
    const list = this.querySelector('[data-kept-notes]'), pattern = this.querySelector('template[data-pattern]').content
    for (const note of notes) {
      const here = document.importNode(pattern, true).firstElementChild, text = note.fields.find(([name]) => name === 'text')[1]
      here.querySelector('.serif').textContent = text
      here.querySelectorAll('[data-is]').forEach(state => { if (state.dataset.is !== note.state) state.remove() })
      here.querySelector('[data-reason]').textContent = note.reason || ''
      here.querySelector('[data-back]').addEventListener('click', () => { here.remove(); this.takeBack(note) })
      here.querySelector('[data-copy]').addEventListener('click', () => navigator.clipboard.writeText(text))
      here.querySelector('[data-copy]').hidden = !navigator.clipboard
      list.prepend(here)
    }
  }

  // A text of the list comes back into the form; what stands there is not lost for it.
  // It may be on its way, or there already though no answer came: saved again, it changes that note.
  async takeBack(note) {
    const before = !this.isBlank && this.fields()
    this.isTouched = true
    fill(this.form, note.fields)
    this.form.elements.again.value = valueOf(note.fields, 'again') || (note.state === 'waiting' ? valueOf(note.fields, 'key') : '')
    this.refresh()
    this.text.focus()
    if (before) await this.typing.hand('aside', before)
    await this.typing.adopt(note)
    await this.outbox.show()
    this.typing.typed()
  }

  // What the server would not take comes back too, and the server says on the page what is wrong with it.
  async giveBack(note) {
    if (!this.isBlank) return false
    fill(this.form, note.fields)
    await this.typing.adopt(note)
    HTMLFormElement.prototype.submit.call(this.form)
    return true
  }
})
