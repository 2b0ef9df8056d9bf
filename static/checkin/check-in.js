// The door: the camera where there is one, typed codes always, and a queue that outlives a lost connection.
// A scan is kept on this phone with its own time and key before it is sent, so that sending it twice is harmless; its code
// is sealed for the server, so that a lost phone tells whose badges it read to nobody.
// The server's time counts. Only a scan that had to wait says when it was made: the phone's clock, and what the server's
// clock was ahead of it then; and what this phone said to it by its list (offline-door.js).
import { Camera } from './camera.js'
import { OfflineDoor } from './offline-door.js'
import { Sound } from './sound.js'
import { Verdicts } from './verdict.js'
import { keptOf } from './waiting.js'

const AWAY = 2_000 // so long out of the picture, and a badge whose reading was undone is read again
const RETRY = 15_000
const PATIENCE = 10_000 // until no answer counts as no connection: a queue waits at the door
const RECOUNT = 20_000
const AHEAD = 'check-in-ahead' // what the server's clock was ahead of this phone's, for a page that opens without a connection

customElements.define('check-in', class extends HTMLElement {
  connectedCallback() {
    this.name = `check-in:${this.dataset.gate}`
    this.stage = this.querySelector('[data-stage]')
    this.ready = [...this.stage.childNodes]
    this.form = this.querySelector('form')
    this.ways = [...this.querySelectorAll('[name=way]')]
    this.finder = this.querySelector('[data-find]')
    this.goes(sessionStorage.getItem(`${this.name}:way`) ?? 'in')
    this.addEventListener('change', event => this.ways.includes(event.target) && this.goes(event.target.value))
    const known = localStorage.getItem(AHEAD)
    if (known === null) this.setClock(this.dataset.now)
    else this.ahead = Number(known)
    this.verdicts = new Verdicts(this)
    this.offline = new OfflineDoor(this)
    this.camera = new Camera(this)
    this.sound = new Sound(this)
    this.addEventListener('submit', event => this.typed(event))
    this.addEventListener('click', event => this.next(event))
    this.querySelector('[data-send]').addEventListener('click', () => this.drain())
    addEventListener('online', () => { this.drain(); this.recount() })
    addEventListener('offline', () => this.connected(false))
    setInterval(() => this.waiting.length && this.drain(), RETRY)
    setInterval(() => document.hidden || this.recount(), RECOUNT)
    this.count()
    if (!navigator.onLine) this.connected(false)
    this.begin()
  }

  async begin() {
    this.watch()
    this.drain()
    await this.recount()
    await this.offline.open()
  }

  get way() { return this.ways.find(one => one.checked)?.value ?? 'in' } // while a verdict stands on the page too

  goes(way) { // one phone reads at the way out all day: over the next person, another page and a page loaded anew
    for (const one of this.ways) one.checked = one.value === way
    this.dataset.way = this.way
    sessionStorage.setItem(`${this.name}:way`, this.way)
    const to = new URL(this.finder.href)
    to.searchParams.set('way', this.way)
    this.finder.href = to
  }

  get time() { return Date.now() + this.ahead } // by the server's clock

  async watch() {
    this.seen = Date.now()
    const sees = await this.camera.watch(words => this.held(words) ? null : this.read(words, 'camera'), () => this.busy)
    this.querySelector('.view').hidden = this.querySelector('[data-tell]').hidden = !sees
    this.querySelector('[data-no-camera]').hidden = sees
    if (sees) this.dataset.watching = 'yes'
  }

  held(words) { // the badge whose reading was just undone is still in front of the camera: it would be let in again
    if (this.plain(words) !== this.dataset.undone || Date.now() - this.seen > AWAY) return false
    this.seen = Date.now()
    this.querySelector('[data-away]')?.removeAttribute('hidden')
    return true
  }

  plain(words) { return words.replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, this.dataset.most) }

  typed(event) {
    if (event.target.matches('[data-chosen]')) return this.chosen(event)
    const code = event.target === this.form && this.form.elements.code.value.trim()
    if (!code) return // undoing, or nothing typed: the page answers
    event.preventDefault()
    if (/^\P{N}{1,19}$/u.test(code) && navigator.onLine) this.find(code) // every number and code has a figure: a name
    else this.read(code, 'typed')
  }

  chosen(event) { // the steward looked at the person whose number was typed
    event.preventDefault()
    this.busy = false
    this.read(event.target.elements.code.value, 'search')
  }

  setClock(time) {
    this.ahead = Date.parse(time) - Date.now()
    localStorage.setItem(AHEAD, this.ahead)
  }

  find(name) {
    const to = new URL(this.finder.href)
    to.searchParams.set('name', name)
    location.assign(to)
  }

  async read(words, method) { // any other QR code, of a page or a visiting card, is answered like a strange badge
    const code = this.plain(words)
    if (!code || this.busy) return
    this.busy = true // until the next person
    const way = this.way, key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.replace('.', '')
    const scan = { method, way, key, at: new Date().toISOString(), offset: this.ahead }
    this.keep([...this.waiting, { ...scan, ...await keptOf(code, key, this.dataset.seal).catch(() => ({ code })) }]) // no reading is lost over a seal
    const answer = navigator.onLine ? await this.send({ code, method, way, key }) : null
    if (answer === null) return this.alone({ ...scan, code })
    if (this.unheard(answer)) return location.reload()
    this.leaves(scan)
    if (!answer.ok) return location.reload() // the gate was closed meanwhile
    const facts = await answer.json()
    this.offline.note(code, facts.verdict, this.time)
    this.show([this.verdicts.told(facts)])
  }

  async alone(scan) { // without a connection: the list of this phone decides, and the reading waits with what it said
    this.connected(false)
    const at = Date.parse(scan.at) + scan.offset
    const facts = await this.offline.decide(scan, at).catch(() => null)
    if (!facts) return this.show(this.verdicts.unchecked(scan, this.clock(scan.at)))
    this.keep(this.waiting.map(one => one.key === scan.key ? { ...one, answered: facts.verdict, short: facts.short } : one))
    this.offline.decided(facts, at)
    this.show([this.verdicts.told(facts)])
  }

  clock(at) { return new Date(at).toLocaleTimeString('en-GB', { timeZone: this.dataset.zone, hour: '2-digit', minute: '2-digit' }) }

  async send(scan) {
    const body = new URLSearchParams({ ...scan, csrf_token: this.form.elements.csrf_token.value })
    const answer = await fetch(this.dataset.post, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    const reached = answer !== null && answer.status < 500
    this.connected(reached)
    return reached ? answer : null
  }

  async drain() {
    for (const scan of this.waiting) {
      if (this.sending) return
      this.sending = true
      const answer = await this.send({ offset: this.ahead, ...scan }).finally(() => { this.sending = false })
      if (answer?.status === 404) return location.reload() // this steward keeps the door no longer: the page says where to
      if (answer === null || this.unheard(answer)) return
      this.leaves(scan)
      if (answer.ok) this.late(scan, await answer.json())
    }
  }

  leaves(scan) { this.keep(this.waiting.filter(one => one.key !== scan.key)) }

  // Whom nobody could check, or whom this phone let in, is in by now: what the door would have said.
  late({ answered }, { verdict, why, name, read, reference, gate, when }) {
    const isTwice = verdict === 'already' && answered === 'welcome'
    if (answered === 'refused' || !isTwice && verdict !== 'refused' && verdict !== 'held') return
    const line = document.createElement('li')
    for (const words of [name?.text, reference ?? read]) if (words) line.append(Object.assign(document.createElement('bdi'), { textContent: words }), ' · ')
    line.append(isTwice ? `${this.dataset.already} · ${when} · ${gate}` : why)
    this.querySelector('[data-late] ul').append(line)
    this.querySelector('[data-late]').hidden = false
  }

  unheard(answer) { // the page is too old, or nobody is signed in: the scan stays here until somebody hears it
    return answer.redirected || [400, 401, 403, 404, 429].includes(answer.status)
  }

  show(nodes) {
    this.stage.replaceChildren(...nodes)
    document.querySelector('h1.vh').hidden = this.stage.querySelector('h1') !== null
    if (this.stage.querySelector('[data-verdict=welcome]')) { // until the next count of all gates
      this.number('here', this.numberOf('here') + 1)
      this.number('to-come', Math.max(this.numberOf('to-come') - 1, 0))
    }
    if (this.stage.querySelector('[data-verdict=left]')) this.number('here', Math.max(this.numberOf('here') - 1, 0))
    const isGood = this.stage.querySelector('.verdict.ok') !== null
    navigator.vibrate?.(isGood ? 60 : [60, 60, 60])
    this.sound.say(isGood)
    this.stage.querySelector('[data-chosen] button, [data-next]')?.focus()
    scrollTo(0, 0)
  }

  next(event) {
    const back = event.target.closest('[data-take-back]')
    if (!back && !event.target.closest('[data-next]')) return
    event.preventDefault()
    if (back) this.takeBack()
    this.stage.replaceChildren(...this.ready)
    document.querySelector('h1.vh').hidden = false
    this.stage.querySelector('[role=status]')?.remove()
    this.form.elements.code.value = ''
    this.form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-next`
    this.camera.goOn()
    this.busy = false
  }

  takeBack() { // the last reading was of the wrong person, and nobody was told of it yet
    const scan = this.waiting.at(-1)
    if (!scan) return
    this.leaves(scan)
    if (scan.answered === 'welcome') this.offline.takeBack(scan.short)
    this.number('here', Math.max(this.numberOf('here') - 1, 0))
    this.number('to-come', this.numberOf('to-come') + 1)
  }

  connected(yes) {
    for (const sign of document.querySelectorAll('[data-net]')) sign.hidden = (sign.dataset.net === 'on') !== yes
    document.body.classList.toggle('offline', !yes)
  }

  get waiting() { return JSON.parse(localStorage.getItem(this.name) || '[]') }

  keep(scans) {
    localStorage.setItem(this.name, JSON.stringify(scans))
    this.count()
  }

  count() {
    const number = this.waiting.length
    this.number('to-send', number)
    this.querySelector('[data-waiting]').textContent = number
    this.querySelector('[data-queue]').hidden = number === 0
  }

  async recount() {
    const answer = await fetch(this.dataset.counts, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (!answer) return this.connected(false)
    if (!answer.ok || answer.redirected) return
    this.connected(true)
    const { here, to_come: toCome, now } = await answer.json()
    this.number('here', here)
    this.number('to-come', toCome)
    this.setClock(now)
    await this.offline.catchUp()
  }

  numberOf(name) { return Number(document.querySelector(`[data-count="${name}"]`)?.textContent) }

  number(name, value) {
    const place = document.querySelector(`[data-count="${name}"]`)
    if (place) place.textContent = value
  }
})
