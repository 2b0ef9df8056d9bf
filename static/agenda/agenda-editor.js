// The planning table: dragging, keys and the Move dialog end in the same POST as the Move page, and the answer replaces the plan.
import { Maker } from './planner/maker.js'
import { PickUp } from './planner/pick-up.js'
import { Board, lasting, lasts, minutes, clock, placeOf, worded } from './planner/place.js'
import { stretch } from './planner/stretch.js'
import { Moves } from './planner/undo.js'

const PATIENCE = 20000 // milliseconds until no answer counts as no network
const LOOK = 4000 // milliseconds until it is asked again what others moved

customElements.define('agenda-editor', class extends HTMLElement {
  connectedCallback() {
    this.moves = new Moves(location.pathname)
    this.renew()
    this.addEventListener('click', event => this.clicked(event))
    this.addEventListener('keydown', event => this.pressed(event))
    this.addEventListener('submit', event => this.submitted(event))
    this.addEventListener('dragstart', event => this.dragged(event))
    this.addEventListener('dragover', event => {
      const place = this.held && this.under(event)
      this.board.offer(place)
      if (place) { event.preventDefault(); this.board.draw(place) }
    })
    this.addEventListener('dragend', () => {
      if (this.held) this.board.draw() // what was dropped stays drawn until it is answered
      this.board.offer()
      this.board.shade()
      this.held = null
    })
    this.addEventListener('drop', event => {
      const place = this.held && this.under(event)
      if (!place) return
      event.preventDefault()
      const { held } = this
      this.held = null // it may be gone from the page before the drag ends
      this.send(held.dataset.ref, placeOf(held), place, held.dataset.seen)
    })
    this.addEventListener('pointerdown', event => this.grips(event))
    this.addEventListener('pointermove', event => this.maker.offer(event.target.closest('td.free')))
    this.addEventListener('focusin', event => this.maker.offer(event.target.closest('td.free')))
    const [undo, redo] = ['undo', 'redo'].map(name => document.querySelector(`[data-${name}]`))
    undo.addEventListener('click', () => this.turn('done', 'undone'))
    redo.addEventListener('click', () => this.turn('undone', 'done'))
    this.timer = setInterval(() => this.look(), LOOK)
  }

  disconnectedCallback() { clearInterval(this.timer) }

  get plan() { return this.querySelector('.plan') }
  get dialog() { return this.querySelector('dialog') }
  get form() { return this.querySelector('dialog form') }
  get bar() { return this.querySelector('.pickbar') }
  get isBusy() { return this.picked || this.held || this.stretched || this.dialog.open || this.isOnItsWay }
  piece(ref) { return this.querySelector(`.plan [data-ref="${CSS.escape(ref)}"]`) }

  // What is made anew where the plan was replaced: the board, the buttons, the one button for a new session.
  renew() {
    this.board = new Board(this.plan)
    document.querySelector('[data-undo]').hidden = !this.moves.has('done')
    document.querySelector('[data-redo]').hidden = !this.moves.has('undone')
    for (const grip of this.plan.querySelectorAll('[data-move]')) grip.setAttribute('role', 'button')
    this.maker = new Maker(this)
  }

  // The place that what is dragged would have under the pointer.
  under(event) {
    if (event.target.closest('[data-pool]')) return this.held.dataset.day ? { ...placeOf(this.held), day: '' } : undefined
    const found = this.board.under(event.clientX, event.clientY)
    return found && lasting({ ...placeOf(this.held), ...found }, lasts(placeOf(this.held)))
  }

  dragged(event) {
    if (this.stretched) return event.preventDefault()
    this.held = event.target.closest?.('[data-ref]')
    if (this.held) event.dataTransfer.setData('text/plain', this.held.dataset.ref)
    this.board.shade(this.board.peopleOf(this.held))
  }

  // Taken by its end, a session is made longer or shorter.
  grips(event) {
    this.stretched = stretch(this, event, (cell, place) => {
      this.stretched = null
      if (place) this.send(cell.dataset.ref, placeOf(cell), place, cell.dataset.seen)
    })
  }

  pressed(event) {
    const grip = event.target.closest('[data-move]')
    if (this.picked && !this.dialog.open && this.picked.key(event)) event.preventDefault()
    else if (grip && event.key === ' ') { event.preventDefault(); grip.click() }
    else if (event.target === this.maker.button && event.key.startsWith('Arrow')) { event.preventDefault(); this.maker.walk(event.key) }
  }

  clicked(event) {
    const press = name => event.target.closest(`[data-${name}]`)?.dataset[name]
    const mover = event.target.closest('[data-move]'), ref = mover?.dataset.move
    if (this.picked) {
      const place = event.target.closest('.board-frame table') && this.board.under(event.clientX, event.clientY)
      if (place && event.detail) {
        event.preventDefault()
        return this.picked.to(lasting({ ...this.picked.place, ...place }, lasts(this.picked.place)))
      }
    }
    if (mover) { event.preventDefault(); this.pickUp(ref) }
    else if (event.target === this.maker.button) this.maker.press()
    else if (event.target.closest('[data-drop]')) this.drop()
    else if (event.target.closest('[data-put-back]')) this.putBack()
    else if (event.target.closest('[data-write]')) this.write()
    else if (event.target.closest('[data-wait]')) { this.picked.wait(); this.drop() }
    else if (event.target.closest('[data-close]')) this.dialog.close()
    else if (press('by')) this.picked.later(Number(press('by')))
    else if (press('longer')) this.picked.longer(Number(press('longer')))
    else if (press('shift')) {
      const fields = this.form.elements, place = { starts: fields.starts.value, ends: fields.ends.value }
      const later = lasting({ starts: clock(minutes(place.starts) + Number(press('shift'))) }, lasts(place))
      Object.assign(fields.starts, { value: later.starts })
      Object.assign(fields.ends, { value: later.ends })
    }
  }

  pickUp(ref) {
    if (this.picked) this.putBack()
    this.picked = new PickUp(this, this.piece(ref))
    this.board.shade(this.board.peopleOf(this.piece(ref)))
  }

  // Says what is picked up and where it would stand.
  holds({ ref, place }) {
    this.bar.hidden = false
    const room = this.board.nameOf(place.room) ?? this.dataset.noroom
    const day = [this.board.day, ''].includes(place.day) ? '' : document.querySelector(`#plan-days [data-day="${place.day}"] b`)?.textContent
    const time = place.day ? [day, `${place.starts}–${place.ends}`].filter(Boolean).join(' ') : this.dataset.notime
    const holding = this.querySelector('[data-holding]')
    holding.textContent = [worded(this.dataset.held, { code: ref, room, time }), ...this.board.against(this.piece(ref), place, this.dataset)].join(' ')
    this.querySelector('[data-said]').textContent = holding.textContent
  }

  lay() {
    const picked = this.picked
    this.picked = null
    this.bar.hidden = true
    this.board.draw()
    this.board.shade()
    this.piece(picked.ref)?.classList.remove('up')
    return picked
  }

  drop() {
    const { ref, from, place, seen } = this.lay()
    this.send(ref, from, place, seen)
  }

  putBack() {
    const { ref } = this.lay()
    this.say(this.dataset.back, { code: ref })
    this.focusOn(ref)
  }

  // The form with what is picked up, to be written by hand.
  write() {
    const { ref, from, place, seen } = this.lay()
    this.fill(ref, place, seen)
    this.written = from
    this.dialog.showModal()
    this.form.elements.starts.focus()
  }

  fill(ref, place, seen) {
    for (const [name, value] of Object.entries({ ...place, seen, reason: '' })) this.form.elements[name].value = value
    this.form.action = this.form.dataset.to.replace('CODE', encodeURIComponent(ref)) + location.search
    this.ref = ref
    this.querySelector('[data-what]').textContent = `${ref}, ${this.piece(ref)?.querySelector('.ti')?.textContent ?? ''}`
  }

  submitted(event) {
    if (event.target !== this.form) return
    event.preventDefault()
    const value = name => this.form.elements[name].value
    const place = { day: value('day'), room: value('room'), starts: value('starts'), ends: value('ends') }
    if (!this.isOnItsWay) this.send(this.ref, this.written, place, value('seen'))
  }

  turn(list, other) {
    const move = this.moves.newest(list)
    if (!move || this.isBusy) return
    const piece = this.piece(move.ref), [from, to] = [move.to, move.from]
    this.send(move.ref, from, to, piece?.dataset.seen ?? move.seen, { list, other })
  }

  // One move: sent, answered by the plan of the day it went to, and noted so that it can be taken back.
  async send(ref, from, place, seen, turned) {
    const isOpen = this.isOnItsWay = this.dialog.open, turn = this.asked = (this.asked || 0) + 1
    const holdsIt = () => isOpen && this.dialog.open && this.ref === ref // it may be open for another session by then
    if (!isOpen) this.fill(ref, place, seen)
    this.board.draw(place)?.classList.add('sent')
    this.piece(ref)?.classList.add('up')
    try {
      const body = new FormData(this.form)
      const answer = await fetch(this.form.action, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE) })
      if (answer.status === 409 && !isOpen) return await this.meanwhile(ref, turned)
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (!answer.ok || !page.querySelector('.plan')) throw new Error(answer.status)
      if (holdsIt()) this.dialog.close()
      const move = { ref, from, to: place, seen: page.querySelector(`[data-ref="${CSS.escape(ref)}"]`)?.dataset.seen }
      if (turned) this.moves.turned(turned.list, turned.other, move)
      else this.moves.made(move)
      if (turn < (this.shown || 0)) return // a newer plan stands here
      this.shown = turn
      this.show(page, answer.url)
      this.say(place.day ? this.dataset.moved : this.dataset.waits, { code: ref, room: this.board.nameOf(place.room) ?? this.dataset.noroom, time: place.starts })
    } catch {
      this.board.draw()
      this.piece(ref)?.classList.remove('up')
      if (holdsIt()) HTMLFormElement.prototype.submit.call(this.form) // the page itself says what is wrong
      else this.say(this.dataset.failed, { code: ref })
    } finally {
      this.isOnItsWay = false
    }
    this.focusOn(ref)
  }

  async meanwhile(ref, turned) {
    if (turned) this.moves.drop(turned.list)
    this.board.draw()
    this.isOnItsWay = false
    await this.look()
    this.say(this.dataset.meanwhile, { code: ref })
    this.focusOn(ref)
  }

  // Shows what others changed since this plan was drawn, unless something is in hand here.
  async look() {
    if (this.isBusy || document.hidden) return
    const address = new URL(location.href)
    address.searchParams.set('day', this.board.day)
    const asked = this.asked, wanted = new URL(address)
    wanted.searchParams.set('unless', this.plan.dataset.mark)
    try {
      const answer = await fetch(wanted, { signal: AbortSignal.timeout(PATIENCE) })
      if (answer.status !== 200 || answer.redirected) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (this.isBusy || this.asked !== asked || !page.querySelector('.plan')) return
      const ref = document.activeElement?.dataset?.move
      this.show(page, address)
      if (ref) this.focusOn(ref)
    } catch { /* no network: it is asked again */ }
  }

  show(page, address) {
    const opened = [...this.plan.querySelectorAll('details[open]')].map(one => one.id)
    for (const id of ['plan', 'plan-version', 'plan-days']) {
      const other = page.getElementById(id)
      if (other) document.getElementById(id).replaceWith(document.adoptNode(other))
    }
    for (const id of opened) document.getElementById(id)?.setAttribute('open', '')
    const shown = new URL(address)
    shown.hash = ''
    history.replaceState(null, '', shown)
    this.renew()
  }

  focusOn(ref) { this.plan.querySelector(`[data-move="${CSS.escape(ref)}"]`)?.focus({ preventScroll: true }) }

  say(sentence, words) { this.querySelector('[data-said]').textContent = worded(sentence, words) }
})
