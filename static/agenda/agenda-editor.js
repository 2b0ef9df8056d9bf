// The planning table: the Move dialog and dragging end in the same POST as the Move page, and the answer replaces the plan.
const DAY = 24 * 60 // minutes
const PATIENCE = 20000 // milliseconds until no answer counts as no network

customElements.define('agenda-editor', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', event => this.clicked(event))
    this.addEventListener('submit', event => this.submitted(event))
    this.addEventListener('dragstart', event => {
      this.held = event.target.closest('[data-ref]')
      if (this.held) event.dataTransfer.setData('text/plain', this.held.dataset.ref)
    })
    this.addEventListener('dragover', event => {
      const cell = this.held && this.free(event)
      if (cell) { event.preventDefault(); this.mark(cell) }
    })
    this.addEventListener('dragleave', () => this.mark(null))
    this.addEventListener('dragend', () => { this.mark(null); this.held = null })
    this.addEventListener('drop', event => {
      const cell = this.free(event), row = cell?.closest('tr'), held = this.held
      if (!cell || !held) return
      event.preventDefault()
      const { starts, ends } = held.dataset
      this.fill(held, { room: cell.dataset.room, day: row.dataset.day, starts: row.dataset.at, ends: this.until(row.dataset.at, this.lasts(starts, ends)) })
      this.send()
    })
  }

  get dialog() { return this.querySelector('dialog') }
  get form() { return this.querySelector('dialog form') }
  free(event) { return event.target.closest('td.free') }
  mark(cell) { this.querySelector('.over')?.classList.remove('over'); cell?.classList.add('over') }
  minutes(clock) { const [hours, minutes] = clock.split(':').map(Number); return hours * 60 + minutes }
  lasts(starts, ends) { return (this.minutes(ends) - this.minutes(starts) + DAY) % DAY } // some end after midnight
  later(clock, by) { return this.clock(Math.min(Math.max(this.minutes(clock) + by, 0), DAY - 1)) }
  until(clock, by) { return this.clock((this.minutes(clock) + by + DAY) % DAY) }
  clock(minutes) { return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}` }

  clicked(event) {
    const mover = event.target.closest('[data-move]')
    if (mover) {
      event.preventDefault()
      const session = this.querySelector(`[data-ref="${CSS.escape(mover.dataset.move)}"]`)
      this.fill(session, {})
      this.dialog.showModal()
      this.form.elements.starts.focus()
    }
    if (event.target.closest('[data-close]')) this.dialog.close()
    const shift = Number(event.target.closest('[data-shift]')?.dataset.shift)
    if (shift) {
      const { starts, ends } = this.form.elements, lasts = this.lasts(starts.value, ends.value)
      starts.value = this.later(starts.value, shift)
      ends.value = this.until(starts.value, lasts)
    }
  }

  fill(session, place) {
    const day = session.closest('tr')?.dataset.day ?? this.form.elements.day.value
    const { room, starts, ends } = { ...session.dataset, ...place }
    Object.assign(this.form.elements.room, { value: room })
    Object.assign(this.form.elements.day, { value: place.day ?? day })
    Object.assign(this.form.elements.starts, { value: starts })
    Object.assign(this.form.elements.ends, { value: ends })
    this.form.action = session.dataset.to
    this.ref = session.dataset.ref
    this.querySelector('[data-what]').textContent = `${this.ref}, ${session.querySelector('.ti').textContent}`
  }

  submitted(event) {
    if (event.target !== this.form) return
    event.preventDefault()
    if (!this.isOnItsWay) this.send()
  }

  async send() {
    const turn = this.asked = (this.asked || 0) + 1, ref = this.ref, isOpen = this.isOnItsWay = this.dialog.open
    const holdsIt = () => isOpen && this.dialog.open && this.ref === ref // it may be open for another session by then
    const room = this.form.elements.room, time = this.form.elements.starts.value
    const name = room.selectedOptions[0]?.textContent ?? ''
    try {
      const answer = await fetch(this.form.action, { method: 'POST', body: new FormData(this.form), signal: AbortSignal.timeout(PATIENCE) })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const plan = page.querySelector('.plan'), version = page.querySelector('.version')
      if (!answer.ok || !plan || !version) throw new Error(answer.status)
      if (holdsIt()) this.dialog.close()
      if (turn < (this.shown || 0)) return // a newer plan stands here
      this.shown = turn
      this.querySelector('.plan').replaceWith(document.adoptNode(plan))
      document.querySelector('.version').replaceWith(document.adoptNode(version))
      this.say(this.dataset.moved, { code: ref, room: name, time })
    } catch {
      if (holdsIt()) HTMLFormElement.prototype.submit.call(this.form) // the page itself says what is wrong
      else this.say(this.dataset.failed, { code: ref })
    } finally {
      this.isOnItsWay = false
    }
    this.querySelector(`[data-move="${CSS.escape(ref)}"]`)?.focus()
  }

  say(sentence, words) {
    this.querySelector('[data-said]').textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? '')
  }
})
