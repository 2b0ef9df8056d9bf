// The door: the camera where there is one, typed codes always, and a queue that outlives a lost connection.
// A scan is kept on this phone with its own time and key before it is sent, so that sending it twice is harmless.
// The server's time counts. Only a scan that had to wait says when it was made: the phone's clock, and what the server's
// clock was ahead of it then.
const PAUSE = 150 // milliseconds between two looks at the camera
const AWAY = 2_000 // so long out of the picture, and a badge whose reading was undone is read again
const RETRY = 15_000
const PATIENCE = 10_000 // until no answer counts as no connection: a queue waits at the door
const RECOUNT = 20_000

customElements.define('check-in', class extends HTMLElement {
  connectedCallback() {
    this.name = `check-in:${this.dataset.gate}`
    this.stage = this.querySelector('[data-stage]')
    this.ready = [...this.stage.childNodes]
    this.form = this.querySelector('form')
    this.setClock(this.dataset.now)
    this.addEventListener('submit', event => this.typed(event))
    this.addEventListener('click', event => this.next(event))
    this.querySelector('[data-send]').addEventListener('click', () => this.drain())
    addEventListener('online', () => this.drain())
    addEventListener('offline', () => this.connected(false))
    setInterval(() => this.waiting.length && this.drain(), RETRY)
    setInterval(() => this.recount(), RECOUNT)
    this.count()
    this.drain()
    this.watch()
  }

  async watch() {
    const video = this.querySelector('video')
    const devices = navigator.mediaDevices
    const stream = await devices?.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => null)
    const reader = stream && await this.reader().catch(() => null)
    this.querySelector('.view').hidden = this.querySelector('[data-tell]').hidden = !reader
    this.querySelector('[data-no-camera]').hidden = Boolean(reader)
    if (!reader) return stream?.getTracks().forEach(track => track.stop())
    video.srcObject = stream
    await video.play()
    this.dataset.watching = 'yes'
    this.seen = Date.now()
    const look = async () => {
      const [found] = video.isConnected && !this.busy ? await reader.detect(video).catch(() => []) : []
      if (found?.rawValue && !this.held(found.rawValue)) await this.read(found.rawValue, 'camera')
      setTimeout(look, PAUSE)
    }
    look()
  }

  held(words) { // the badge whose reading was just undone is still in front of the camera: it would be let in again
    if (this.plain(words) !== this.dataset.undone || Date.now() - this.seen > AWAY) return false
    this.seen = Date.now()
    this.querySelector('[data-away]')?.removeAttribute('hidden')
    return true
  }

  plain(words) { return words.replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, this.dataset.most) }

  async reader() {
    const formats = ['qr_code']
    const own = globalThis.BarcodeDetector
    if (own && (await own.getSupportedFormats()).includes('qr_code')) return new own({ formats })
    const { BarcodeDetector, prepareZXingModule } = await import(this.dataset.decoder)
    const locateFile = (path, prefix) => path.endsWith('.wasm') ? this.dataset.wasm : prefix + path
    prepareZXingModule({ overrides: { locateFile } })
    return new BarcodeDetector({ formats })
  }

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

  setClock(time) { this.ahead = Date.parse(time) - Date.now() }

  find(name) {
    const to = new URL(this.querySelector('[data-find]').href)
    to.searchParams.set('name', name)
    location.assign(to)
  }

  async read(words, method) { // any other QR code, of a page or a visiting card, is answered like a strange badge
    const code = this.plain(words)
    if (!code || this.busy) return
    this.busy = true // until the next person
    const scan = { code, method, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.replace('.', ''), at: new Date().toISOString(), offset: this.ahead }
    this.keep([...this.waiting, scan])
    const answer = await this.send({ code, method, key: scan.key })
    if (answer === null) return this.show(this.kept(scan))
    if (this.unheard(answer)) return location.reload()
    this.keep(this.waiting.filter(one => one.key !== scan.key))
    if (answer.ok) this.show([this.told(await answer.json())])
    else location.reload() // the gate was closed meanwhile
  }

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
      this.keep(this.waiting.filter(one => one.key !== scan.key))
      if (answer.ok) this.late(await answer.json())
    }
  }

  late({ verdict, why, name, read, reference }) { // whom nobody could check is in by now: what the door would have said
    if (verdict !== 'refused' && verdict !== 'held') return
    const line = document.createElement('li')
    for (const words of [name?.text, reference ?? read]) if (words) line.append(Object.assign(document.createElement('bdi'), { textContent: words }), ' · ')
    line.append(why)
    this.querySelector('[data-late] ul').append(line)
    this.querySelector('[data-late]').hidden = false
  }

  unheard(answer) { // the page is too old, or nobody is signed in: the scan stays here until somebody hears it
    return answer.redirected || [400, 401, 403, 404, 429].includes(answer.status)
  }

  told(facts) { // the page has the words of every verdict; the answer says what is different
    const copy = this.querySelector(`[data-told=${facts.verdict}]`).content.firstElementChild.cloneNode(true)
    for (const part of copy.querySelectorAll('[data-each]')) {
      part.replaceWith(...(facts[part.dataset.each] ?? []).map(one => this.filled(part.cloneNode(true), one)))
    }
    this.filled(copy, facts)
    if (facts.category) this.mark(copy.querySelector('.class-mark'), facts.category)
    for (const form of copy.querySelectorAll('[data-chosen]')) form.elements.code.value = facts.reference
    for (const form of copy.querySelectorAll('form:not([data-chosen])')) {
      form.setAttribute('action', form.getAttribute('action').replace('/scans/0/', `/scans/${facts.scan}/`))
    }
    return copy
  }

  filled(place, facts) {
    for (const part of place.querySelectorAll('[data-if]')) if (!facts[part.dataset.if]) part.remove()
    for (const part of place.querySelectorAll('[data-to]')) part.href = facts[part.dataset.to]
    for (const part of place.querySelectorAll('[data-from]')) part.src = facts[part.dataset.from]
    for (const part of place.querySelectorAll('[data-tell]:empty')) {
      const words = facts[part.dataset.tell] ?? ''
      part.textContent = words.text ?? words
      if (words.lang) part.lang = words.lang
      if (words.dir) part.dir = words.dir
    }
    return place
  }

  mark(sign, { name, colour, ink, shape }) {
    const shapes = JSON.parse(this.dataset.shapes)
    sign.querySelector('rect').setAttribute('fill', colour)
    sign.querySelector('path').setAttribute('fill', ink)
    sign.querySelector('path').setAttribute('d', shapes[shape] ?? shapes.square)
    sign.lastChild.textContent = ` ${JSON.parse(this.dataset.categories)[name] ?? name}`
  }

  kept(scan) {
    const copy = this.querySelector('[data-kept]').content.cloneNode(true)
    copy.querySelector('[data-kept-at]').textContent = new Date(scan.at).toLocaleTimeString('en-GB', { timeZone: this.dataset.zone, hour: '2-digit', minute: '2-digit' })
    copy.querySelector('[data-kept-code]').textContent = scan.code.length > 12 ? `${scan.code.slice(0, 12)}…` : scan.code
    return [...copy.childNodes]
  }

  show(nodes) {
    this.stage.replaceChildren(...nodes)
    document.querySelector('h1.vh').hidden = this.stage.querySelector('h1') !== null
    if (this.stage.querySelector('[data-verdict=welcome]')) { // until the next count of all gates
      this.number('here', this.numberOf('here') + 1)
      this.number('to-come', Math.max(this.numberOf('to-come') - 1, 0))
    }
    navigator.vibrate?.(this.stage.querySelector('.verdict.ok') ? 60 : [60, 60, 60])
    this.stage.querySelector('[data-chosen] button, [data-next]')?.focus()
    scrollTo(0, 0)
  }

  next(event) {
    if (!event.target.closest('[data-next]')) return
    event.preventDefault()
    this.stage.replaceChildren(...this.ready)
    document.querySelector('h1.vh').hidden = false
    this.stage.querySelector('[role=status]')?.remove()
    this.form.reset()
    this.form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-next`
    this.querySelector('video').play().catch(() => null)
    this.busy = false
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
    if (document.hidden) return
    const answer = await fetch(this.dataset.counts, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (!answer?.ok || answer.redirected) return
    const { here, to_come: toCome, now } = await answer.json()
    this.number('here', here)
    this.number('to-come', toCome)
    this.setClock(now)
  }

  numberOf(name) { return Number(document.querySelector(`[data-count="${name}"]`)?.textContent) }

  number(name, value) {
    const place = document.querySelector(`[data-count="${name}"]`)
    if (place) place.textContent = value
  }
})
