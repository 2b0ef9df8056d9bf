// The door without a connection: the list of this phone decides, and says how old it is.
import { openOffline, loadedFiles } from '../house/offline.js'
import { clockAt } from './rules.js'
import { SealedList } from './sealed-list.js'
import { isNumber, shortened } from './verdict.js'

const REFRESH = 300_000, OLD = 3_600_000 // milliseconds

export class OfflineDoor {
  constructor(door) {
    this.door = door
    this.list = new SealedList(door.dataset.list)
    this.zone = door.dataset.zone
  }

  async open() {
    await this.list.open()
    this.welcomeWaiting()
    this.showAge()
    setInterval(() => document.hidden || this.refresh(), REFRESH)
    const { worker, decoder, wasm } = this.door.dataset
    const files = async () => [decoder, wasm].filter(Boolean).map(file => new URL(file, location).href).concat(loadedFiles(/\/static\//))
    await openOffline(worker, location.pathname, files, () => { this.door.dataset.opensOffline = '' }).catch(() => null)
    await this.refresh()
  }

  async refresh() {
    if (this.refreshing) return
    this.refreshing = true
    await this.list.refresh().then(() => this.welcomeWaiting()).catch(() => null).finally(() => { this.refreshing = false })
    this.showAge()
  }

  // Whom this phone let in and told nobody yet.
  welcomeWaiting() {
    for (const { short, at, offset, answered } of this.door.waiting) {
      if (!short || !this.list.isThere) continue
      if (answered === 'welcome') this.list.note(short, Date.parse(at) + offset)
      if (answered === 'left') this.list.takeBack(short)
    }
  }

  catchUp() { return this.list.catchUp().catch(() => null) }

  takeBack(short) { if (this.list.isThere) this.list.takeBack(short) }

  showAge() {
    const place = this.door.querySelector('[data-list-of]'), isThere = this.list.isThere
    this.door.querySelector('[data-no-list]').hidden = isThere || !globalThis.isSecureContext
    place.hidden = !isThere
    if (!isThere) return
    place.querySelector('[data-list-at]').textContent = this.moment(this.list.made)
    place.querySelector('[data-list-size]').textContent = this.list.size
    place.querySelector('[data-list-old]').hidden = this.door.time - this.list.made < OLD
  }

  // What the door says by the list, as the server would; nothing where it cannot tell.
  async decide(scan, at) {
    if (!this.list.isThere || isNumber(scan.code)) return null
    const { line, reason, verdict, first } = await this.list.decide(scan.code, at, scan.way === 'out')
    const words = reason ? this.list.head.reasons[reason] : {}
    const parts = verdict === 'welcome' && line.parts?.slice(0, 3).map(part => ({ ...part, at: clockAt(this.zone, Date.parse(part.at)) }))
    return {
      ...line, ...words, short: line && await this.list.shortOf(scan.code), verdict, parts: parts || null, waits: scan.key, list: this.moment(this.list.made),
      notes: line?.notes?.map(text => ({ text })), category: line && this.list.head.categories[line.category],
      read: line ? '' : shortened(scan.code), when: `${clockAt(this.zone, first?.at ?? at)} (${this.door.dataset.zoneLabel})`, gate: first?.gate,
    }
  }

  // Who came in or went out by an answer of the server: a badge that comes again is in, or out.
  async note(code, verdict, at) {
    if (!this.list.isThere) return
    const short = await this.list.shortOf(code)
    if (verdict === 'welcome') this.list.note(short, at)
    if (verdict === 'left') this.list.takeBack(short)
  }

  // The same by this phone's own answer.
  decided({ short, verdict }, at) {
    if (verdict === 'welcome') this.list.note(short, at)
    if (verdict === 'left') this.list.takeBack(short)
  }

  moment(at) { // with figures that every reader of the page knows
    const { lang } = document.documentElement, language = `${lang === 'en' ? 'en-GB' : lang}-u-nu-latn`
    return `${new Intl.DateTimeFormat(language, { timeZone: this.zone, dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(at)} (${this.door.dataset.zoneLabel})`
  }
}
