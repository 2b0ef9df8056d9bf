// The list of a meeting on this phone. Each line is sealed by the code of its badge (eventapp/checkin/offline/sealing.py), so
// that who finds the phone reads nothing without a badge, and with one only what is on it.
import { dayAt, leaving, refusal } from './rules.js'

const CACHE = 'door-list'
const NAME = 16, LENGTH = 2, NONCE = 12, SHORT = 8, CAME = 12 // bytes
const MISREAD = { I: '1', L: '1', O: '0' }
const bytes = text => new TextEncoder().encode(text)
const hex = part => Array.from(part, byte => byte.toString(16).padStart(2, '0')).join('')

const plain = words => words.replace(/[\s-]/g, '').toUpperCase().replace(/[ILO]/g, letter => MISREAD[letter]) // as the server reads it

// Nothing of it is left on a phone that may not have it any more.
export const forgetList = () => globalThis.caches?.delete(CACHE)

export class SealedList {
  constructor(address) {
    this.address = address
    this.lines = new Map() // name -> what is sealed
    this.came = new Map() // the beginning of a name -> when somebody came in with that badge
  }

  get isThere() { return Boolean(this.head) }
  get made() { return Date.parse(this.head.made) }
  get size() { return this.lines.size }

  // What was fetched before. Without https there is no list: the browser seals and keeps nothing there.
  async open() {
    if (!globalThis.caches || !crypto.subtle) return
    this.cache = await caches.open(CACHE)
    const head = await this.cache.match(this.address)
    if (head) await this.take(await head.json())
  }

  async take(head) {
    const pages = await Promise.all(head.pages.map(page => this.cache.match(page)))
    this.lines.clear()
    for (const page of pages) if (page) this.read(new Uint8Array(await page.arrayBuffer()))
    this.head = head
    this.came.clear()
    const came = await this.cache.match(head.came)
    if (came) this.welcome(new Uint8Array(await came.arrayBuffer()))
  }

  read(page) {
    for (let at = 0; at < page.length;) {
      const start = at + NAME + LENGTH, end = start + page[start - 2] * 256 + page[start - 1]
      this.lines.set(hex(page.subarray(at, at + NAME)), page.subarray(start, end))
      at = end
    }
  }

  welcome(rows) {
    for (let at = 0; at < rows.length; at += CAME) {
      const name = hex(rows.subarray(at, at + SHORT)), moment = new DataView(rows.buffer).getUint32(at + SHORT) * 1000
      if (!moment) this.came.delete(name) // went out
      else if (!this.came.has(name) || !this.isOneDay(this.came.get(name).at, moment)) this.came.set(name, { at: moment })
    }
  }

  // Fetch what changed; the list is as old as the beginning of that. Returns when the server made it; nothing without an answer.
  async refresh() {
    if (!this.cache) return
    const answer = await fetch(this.address).catch(() => null)
    if (!answer || answer.status >= 500) return
    if (!answer.ok || answer.redirected) return this.forget()
    const head = await answer.clone().json()
    for (const page of head.pages) if (!await this.fetchPage(page)) return
    if (!await this.fetchCame(head.came)) return
    await this.cache.put(this.address, answer)
    await this.take(head)
    return this.made
  }

  async fetchPage(page) {
    const before = await this.cache.match(page)
    const headers = before ? { 'If-None-Match': before.headers.get('ETag') } : {}
    const answer = await fetch(page, { headers, cache: 'no-store' }).catch(() => null)
    if (answer?.status === 304) return true
    if (!answer?.ok || answer.redirected) return false
    await this.cache.put(page, answer)
    return true
  }

  // Who came in meanwhile, at whatever gate of this place: of the whole day where that is not known yet.
  async fetchCame(address, after = 0) {
    const answer = await fetch(`${address}?after=${after}`).catch(() => null)
    if (!answer?.ok || answer.redirected) return false
    const rows = [after ? await (await this.cache.match(address)).arrayBuffer() : new ArrayBuffer(0), await answer.arrayBuffer()]
    if (after && !rows[1].byteLength) return true
    await this.cache.put(address, new Response(new Blob(rows)))
    if (this.head) this.welcome(new Uint8Array(rows[1]))
    this.last = Number(answer.headers.get('X-Last'))
    return true
  }

  async catchUp() { if (this.isThere && this.last !== undefined) await this.fetchCame(this.head.came, this.last) }

  async forget() {
    await forgetList()
    this.lines.clear()
    this.came.clear()
    this.head = this.cache = undefined
  }

  async named(code) { return new Uint8Array(await this.mac(code, 'line')).slice(0, NAME) }

  async mac(code, purpose) {
    const key = await crypto.subtle.importKey('raw', bytes(code), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return crypto.subtle.sign('HMAC', key, bytes(`eventapp door ${purpose} ${this.head.meeting}`))
  }

  // What stands on the line of a badge; nothing where there is none.
  async line(code) {
    const name = await this.named(code), content = this.lines.get(hex(name))
    if (!content) return null
    const key = await crypto.subtle.importKey('raw', await this.mac(code, 'key'), 'AES-GCM', false, ['decrypt'])
    const how = { name: 'AES-GCM', iv: content.subarray(0, NONCE), additionalData: name }
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, content.subarray(NONCE))))
  }

  // What the door says to the code of a badge at this moment, by the server's clock; a phone says nothing about a number.
  async decide(words, at, goesOut = false) {
    const code = plain(words)
    const line = await this.line(code), reason = goesOut ? leaving(line) : refusal(this.head.gate, line, at)
    if (reason) return { line, reason, verdict: 'refused' }
    if (goesOut) return { line, reason, verdict: 'left' }
    const first = this.came.get(await this.short(code))
    return first && this.isOneDay(first.at, at) ? { line, reason, verdict: 'already', first } : { line, reason, verdict: 'welcome' }
  }

  // Whoever has the badge of this line came in at this moment, by this phone.
  note(short, at) {
    const first = this.came.get(short)
    if (!first || !this.isOneDay(first.at, at)) this.came.set(short, { at, gate: this.head.gate.name })
  }

  takeBack(short) { this.came.delete(short) }

  // The beginning of the name of the line of a badge: all that this phone keeps of one it read.
  async shortOf(words) { return this.short(plain(words)) }

  async short(code) { return hex((await this.named(code)).subarray(0, SHORT)) }

  isOneDay(one, other) { return dayAt(this.head.gate.zone, one) === dayAt(this.head.gate.zone, other) }
}
