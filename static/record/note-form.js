// A note as it is typed: marks and keys for the kind, suggested goals, a word count. A new one goes on its way at once (outbox.js), and
// the next is begun.
import { fill, valueOf } from '../drafts/fields.js'
import { DraftForm } from '../drafts/form.js'
import { newKey } from '../house/key.js'
import { PAGES, loadedFiles, openOffline } from '../house/offline.js'
import { wordsIn } from '../house/words.js'
import { FigureRows } from './figure-rows.js'
import { Marks } from './marks.js'
import { Outbox } from './outbox.js'
import { Reading } from './reading.js'
import { Suggestions } from './suggest.js'
import { Together } from './together.js'

const LIMIT = 150
const loaded = new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))

const labelOf = field => (field.labels[0].querySelector('span') || field.labels[0]).textContent.trim()

customElements.define('draft-form', class extends DraftForm {
  connectedCallback() {
    this.text = this.querySelector('#text')
    super.connectedCallback()
    this.refresh()
    this.learned = this.learn()
    if (this.isNew) this.settle()
    if (document.activeElement === this.text && !this.text.selectionEnd) this.text.selectionStart = this.text.value.length // who goes on with a text does so at its end
    if (document.activeElement === this.text) this.text.scrollIntoView({ block: 'nearest' }) // on a phone the bar stood on the line
  }

  listen() {
    if (this.isNew && this.isBlank) this.form.elements.key.value = newKey() // a kept page may be opened many times
    this.marks = new Marks(this)
    this.rows = new FigureRows(this.form, 'figure')
    super.listen()
    this.form.addEventListener('compositionend', () => this.typed())
    this.form.addEventListener('reset', event => { event.preventDefault(); this.isTouched = true; this.typing.discard(); this.putRight(); this.startAnew(); this.typing.typed() })
    this.querySelector('#reasons button').addEventListener('click', () => this.takeSuggestions())
    this.addEventListener('keydown', event => this.hot(event))
    this.querySelector('[data-proposal] button')?.addEventListener('click', event => this.takeProposal(event))
  }

  get isNew() { return Boolean(this.dataset.worker) } // else a note that is changed
  get isBlank() { return !this.text.value.trim() }

  // What this browser has of this page comes back, and what waits goes on its way.
  async open() {
    await super.open()
    this.outbox = new Outbox(this.typing.kept, this)
    await this.outbox.show()
    if (!this.isNew) return
    this.together = new Together(this)
    addEventListener('online', () => this.outbox.flush())
    if (!navigator.onLine) this.line.inTrouble('offline')
    this.outbox.flush()
  }

  // So that this screen opens without a network, once it was opened with one.
  async settle() {
    document.querySelector('form[action$="sign-out"]')?.addEventListener('submit', () => caches.delete(PAGES))
    const files = async () => {
      await Promise.all([this.learned, loaded]) // what is still on its way would be missing
      return loadedFiles(/\/static\/|words\.json/)
    }
    this.copy = await openOffline(this.dataset.worker, location.pathname, files, () => { this.dataset.opensOffline = '' })
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
    const digit = event.altKey && !event.ctrlKey && event.code.match(/^Digit([1-9])$/)
    if (event.altKey && !event.ctrlKey && event.code === 'KeyO') {
      event.preventDefault()
      this.form.elements.off_record.click()
    }
    if (event.altKey && !event.ctrlKey && event.code === 'Digit0') {
      event.preventDefault()
      this.takeSuggestions()
    }
    if (digit) {
      event.preventDefault()
      this.form.elements.kind[digit[1] - 1 + (event.shiftKey ? 9 : 0)]?.click()
    }
  }

  typed(isComposing) {
    this.marks.typed(isComposing)
    this.refresh()
    super.typed()
  }

  refresh() {
    const words = wordsIn(this.text.value)
    const out = this.querySelector('#words')
    out.value = words
    out.classList.toggle('error', words > LIMIT)
    this.querySelectorAll('word-count').forEach(one => one.count())
    const lines = [...this.form.querySelectorAll('[name=action_lines]:checked')]
    const names = this.querySelector('#names')
    if (names) names.textContent = lines.map(line => line.closest('label').dataset.title).join(', ') || names.dataset.none
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
    const said = await answer.json()
    this.suggestions = new Suggestions(said, matrix)
    this.reading = new Reading(said.reading)
    this.refresh()
  }

  hint() {
    if (!this.suggestions) return
    const hints = this.suggestions.for(this.text.value)
    this.hints = [...hints.action_lines.map(hint => [`action_lines`, hint]), ...hints.goals.map(hint => ['goals', hint])]
      .filter(([name, hint]) => this.box(name, hint.tag)) // a meeting may have other themes
    this.form.querySelectorAll('.hinted').forEach(label => label.classList.remove('hinted'))
    const reasons = this.hints.filter(([name, hint]) => {
      const box = this.box(name, hint.tag)
      box.closest('label').classList.add('hinted')
      return !box.checked
    }).map(([name, hint]) => `${this.box(name, hint.tag).closest('label').dataset.short} (${hint.words.slice(0, 3).join(', ')})`)
    this.readings = this.read()
    reasons.push(...this.readings.map(one => one.reason))
    this.querySelector('#reasons').hidden = !reasons.length // what is chosen already is not there to be taken
    this.querySelector('#reasons span').textContent = reasons.join(' · ')
  }

  // What the words say of other fields, as far as those are empty: by when, which figures, in which language.
  read() {
    const text = this.text.value, { due_on: due, due_text: asSaid, language, kind } = this.form.elements, found = []
    const today = new Date(`${new Date().toLocaleDateString('sv')}T00:00Z`)
    const until = kind.value === 'commitment' && !due.value && !asSaid.value && this.reading.dueIn(text, today)
    const missing = this.rows.missing(this.reading.figuresIn(text))
    const tongue = this.reading.tongueIn(text), option = tongue && [...language.options].find(one => one.value === tongue)
    if (until) found.push({ reason: `${labelOf(due)} ${until.last.toISOString().slice(0, 10)} (${until.words})`, take: () => { due.value = until.last.toISOString().slice(0, 10); asSaid.value = until.words.slice(0, 120) } })
    for (const one of missing) found.push({ reason: `${labelOf(this.rows.first)} ${one}`, take: () => { const source = this.rows.take(one); this.asked ||= source } })
    if (option && tongue !== language.value) found.push({ reason: this.querySelector('#reasons').dataset.looks.replace('{}', option.text), take: () => { language.value = tongue; this.text.lang = tongue } })
    return found
  }

  // The neutral wording that the page proposes: it goes into its field, and is saved with the note.
  takeProposal(event) {
    event.preventDefault()
    const box = event.target.closest('[data-proposal]'), { neutral } = this.form.elements
    neutral.value = box.querySelector('.said').textContent
    box.remove()
    neutral.focus()
    this.typed()
  }

  box(name, tag) { return this.form.querySelector(`[name=${name}][value="${tag}"]`) }

  takeSuggestions() {
    const isPressed = this.querySelector('#reasons').contains(document.activeElement)
    for (const [name, hint] of this.hints || []) this.box(name, hint.tag).checked = true
    for (const one of this.readings || []) one.take()
    if (this.asked) this.asked.focus() // where the figure comes from
    else if (isPressed) this.text.focus() // the button goes
    this.asked = null
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
    if (!box) return
    const labels = [...box.children], goal = label => label.querySelector('input').value
    const score = label => shared[goal(label)] || 0, weight = label => targets[goal(label)] || 0
    labels.forEach(label => label.classList.toggle('both', most > 0 && score(label) === most))
    if (box.contains(document.activeElement)) return // never move what somebody is using
    labels.sort((a, b) => score(b) - score(a) || weight(b) - weight(a) || goal(a) - goal(b))
    box.append(...labels)
  }

  bringBack(fields) {
    super.bringBack(fields)
    this.refresh()
  }

  async send(event) {
    if (!this.isNew) return super.send(event)
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
    this.together.changes++
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

  sheltered(at) {
    if (this.line.trouble) this.outbox?.flush() // the network is back
    super.sheltered(at)
  }

  became(note, at) {
    if (!this.isNew) return location.assign(this.dataset.back)
    this.line.saved(at)
    if (!document.getElementById(note)) location.reload() // saved in another window: it stands in the list then
  }

  // The texts that are in this browser only, above those the server has.
  show(notes) {
    if (this.together) this.together.changes++
    this.querySelectorAll('[data-here]').forEach(old => old.remove())
    const list = this.querySelector('[data-kept-notes]'), pattern = this.querySelector('template[data-pattern]').content
    for (const note of notes) {
      const here = document.importNode(pattern, true).firstElementChild, text = note.fields.find(([name]) => name === 'text')[1]
      here.querySelector('.serif').textContent = text
      here.querySelector('[data-kind]').textContent = this.kindOf(valueOf(note.fields, 'kind'))
      here.querySelector('[data-speaker]').textContent = valueOf(note.fields, 'speaker')
      here.querySelectorAll('[data-is]').forEach(state => { if (state.dataset.is !== note.state) state.remove() })
      here.querySelector('[data-reason]').textContent = note.reason || ''
      here.querySelector('[data-back]').addEventListener('click', () => { here.remove(); this.takeBack(note) })
      here.querySelector('[data-copy]').addEventListener('click', () => navigator.clipboard.writeText(text))
      here.querySelector('[data-copy]').hidden = !navigator.clipboard
      list.prepend(here)
    }
  }

  // The name of a kind, as it stands at its button.
  kindOf(code) {
    const button = [...this.form.elements.kind].find(one => one.value === code)
    return button ? [...button.parentNode.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent.trim()).join('') : ''
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
    this.sendPlainly()
    return true
  }
})
