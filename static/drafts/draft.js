// What is being typed: in this browser at once, on the server a moment later, and in the form again when the page opens again.
import { valueOf } from './fields.js'
import { Store } from './store.js'
import { alone, nameOfWindow, nextMark, openWindows } from './tabs.js'
import { newKey } from '../house/key.js'

const SAFE_AFTER = 700, ASKED_AGAIN_AFTER = 400, ASKED_LATER = 5000 // milliseconds: from the first key; for a window that is just closing; of no network
const RELOADED = 5000 // a window that only reloads has its name again by then

export class Draft {
  constructor(screen) {
    this.screen = screen
    this.form = screen.form
    this.mine = { person: screen.dataset.person, page: screen.dataset.page || location.pathname }
    this.followed = new Set() // windows whose end is waited for
    this.order = this.prepare() // then one change after another
    this.sending = Promise.resolve() // then one sending after another
    this.form.addEventListener('formdata', event => event.formData.set('mark', this.mark())) // the server knows the window by it
    addEventListener('pagehide', () => this.leave())
    addEventListener('online', () => this.order.then(() => this.tellAllDiscarded()))
    addEventListener('online', () => screen.dataset.to && (this.form.elements.key || this.isOwed) && this.shelter())
  }

  async prepare() {
    [this.kept, this.window] = await Promise.all([Store.open(), nameOfWindow()])
  }

  // Whatever is typed meanwhile waits, so that it goes on in the row that is found, and no second row comes to be beside it.
  // One window looks at a time, so that two that open at once do not go on in the same row.
  open() {
    this.order = this.order.then(() => alone(`find:${this.mine.page}`, () => this.find()))
    return this.order
  }

  async find() {
    const gone = await this.gone(), key = this.form.elements.key?.value
    await this.tellAllDiscarded()
    if (gone.some(text => valueOf(text.fields, 'key') === key)) this.screen.isNew ? this.screen.startAnew() : location.reload()
    const before = await this.left(), open = await this.othersOpen(before)
    const texts = (await this.left()).filter(text => before.some(one => one.id === text.id)) // a window may have saved its text, and closed
    const away = [...texts.filter(text => open.has(text.window)), ...await this.onTheirWay()]
    const elsewhere = away.map(text => valueOf(text.fields, 'key'))
    if (!this.screen.isTouched && elsewhere.includes(this.form.elements.key?.value)) this.screen.startAnew()
    await this.goOn(texts.filter(text => !open.has(text.window)).sort((a, b) => a.at - b.at))
  }

  async left() {
    const texts = await this.kept.texts(this.mine.person, this.mine.page)
    return texts.filter(text => text.state === 'typing' && text.id !== this.id)
  }

  // The notes of this page that wait to be sent: the server still shows what it had of them before they were ended.
  async onTheirWay() {
    return (await this.kept.texts(this.mine.person, this.mine.page)).filter(text => text.state === 'waiting')
  }

  // A text that is still being typed in another window stays there.
  async othersOpen(texts) {
    const isOthers = text => text.window && text.window !== this.window
    let open = await openWindows()
    if (texts.some(text => isOthers(text) && open.has(text.window))) {
      await new Promise(done => setTimeout(done, ASKED_AGAIN_AFTER))
      open = await openWindows()
    }
    open.delete(this.window)
    return open
  }

  // What another window types is found here once that window is closed, and not only when this page opens again.
  follow(texts) {
    for (const { state, window } of texts) {
      if (state !== 'typing' || !window || window === this.window || this.followed.has(window) || !navigator.locks) continue
      this.followed.add(window)
      this.outlive(window)
    }
  }

  async outlive(window) {
    do {
      await navigator.locks.request(`window:${window}`, { mode: 'shared' }, () => null)
      await new Promise(done => setTimeout(done, RELOADED))
    } while ((await openWindows()).has(window))
    this.followed.delete(window)
    const turn = () => alone(`find:${this.mine.page}`, () => this.inherit(window))
    await (this.order = this.order.then(turn))
    await this.screen.outbox.show()
  }

  // Into the form where nothing stands in it, else beside it.
  async inherit(window) {
    const left = await this.left(), texts = left.filter(text => text.window === window)
    if (texts.length && !this.screen.isTouched && this.screen.isBlank && !this.id) return this.goOn(texts)
    for (const text of texts) await this.kept.change({ put: { ...text, state: 'aside' } })
  }

  // The newest comes into the form; what it would push out stays beside it.
  async goOn(texts) {
    if (this.screen.isOne) texts = await this.late(texts)
    const own = texts.findLast(text => text.window === this.window) || texts.at(-1)
    const fits = own && !this.screen.isTouched && !this.screen.isAnswered
    if (fits) this.screen.bringBack(own.fields)
    const isSent = text => ['key', 'text'].every(name => this.sent && valueOf(text.fields, name) === valueOf(this.sent, name))
    if (fits || own && this.screen.isAnswered) this.id = own.id
    else this.id = texts.find(isSent)?.id // it is on its way already
    for (const text of texts) {
      if (text.id !== this.id) await this.kept.change({ put: { ...text, state: 'aside' } })
    }
    if (!fits) return
    this.isUnchanged = own.isKnown && !this.screen.isTouched
    this.isWanted = true
    await this.write()
    if (this.screen.dataset.to) this.shelter()
  }

  // Of a text of which there is one for every device: what the server does not have. It may have another by now.
  async late(texts) {
    const { screen } = this, left = screen.isAnswered ? texts.filter(text => text.window === this.window) : texts
    const come = left.filter(text => screen.ahead(text) <= 0), late = left.filter(text => !come.includes(text))
    for (const text of come) await this.kept.change({ drop: [text.id] })
    if (!late.every(text => screen.goesOn(text))) screen.isTouched = true // nothing goes into the form by itself
    return late
  }

  typed() {
    this.isUnchanged = false
    if (this.screen.isBlank) this.discard()
    this.keep()
    if (this.screen.dataset.to) this.soon(SAFE_AFTER)
  }

  // The first key that the server does not have waits so long, and no longer where the next ones follow without a pause.
  soon(wait) {
    const due = performance.now() + wait
    if (this.timer && this.due <= due) return
    this.rest()
    this.due = due
    this.timer = setTimeout(() => { this.timer = null; this.shelter() }, wait)
  }

  rest() {
    clearTimeout(this.timer)
    this.timer = null
  }

  keep() {
    if (this.isWanted) return
    this.isWanted = true
    this.order = this.order.then(() => this.write())
  }

  async write() {
    if (!this.isWanted) return
    this.isWanted = false
    const { id, screen } = this
    if (!screen.isBlank) this.id = await this.kept.change({ put: this.row('typing') })
    else if (id) this.id = await this.kept.change({ drop: [id] })
    screen.tell()
  }

  // Whether the server may not have all: it is to be sent, on its way, or was not answered.
  get isOwed() { return Boolean(this.timer || this.isBusy || this.isUnanswered) }

  // The last words, which wait for their turn, do not wait where the page goes. What is on its way may go with it.
  leave() {
    if (this.id) this.write()
    const { form, screen } = this
    if (screen.dataset.to && !form.elements.key && this.isOwed && !screen.isLeaving) screen.server.ask(screen.dataset.to, { method: 'POST', body: this.body(), keepalive: true })
  }

  row(state, fields = this.screen.fields(), at = Date.now()) {
    const id = state === 'typing' && this.id
    const isKnown = Boolean(this.isUnchanged)
    return { ...this.mine, ...id && { id }, window: this.window, state, fields, isKnown, at }
  }

  // An emptied text does not come back: the server forgets it at once, also where the page closes now. What is typed next is another.
  discard() {
    const { form, screen } = this, { key, draft } = form.elements
    if (!screen.dataset.to || !key?.value || !(this.isThere || Number(draft.value))) return
    const fields = screen.fields().filter(([name]) => ['key', 'draft', 'base', 'text'].includes(name))
    fields.push(['mark', this.mark()], ['discard', '1'])
    this.rest()
    this.startAnew()
    const row = this.order = this.order.then(() => this.kept.change({ put: this.row('discarded', fields) }))
    this.tellDiscarded(fields, row)
  }

  startAnew() {
    const { key, draft } = this.form.elements
    this.isThere = false
    key.value = newKey()
    draft.value = ''
  }

  // Until the server knows it the row stays, and is told again.
  async tellDiscarded(fields, row) {
    const body = new FormData(), { dataset, server } = this.screen
    for (const [name, value] of fields) body.append(name, value)
    const { fate } = await server.post(dataset.to, body, { keepalive: true })
    if (fate !== 'offline' && fate !== 'signedOut') await this.kept.change({ drop: [await row] })
  }

  async tellAllDiscarded() {
    await Promise.all((await this.gone()).map(({ id, fields }) => this.tellDiscarded(fields, id)))
  }

  async gone() {
    return (await this.kept.texts(this.mine.person, this.mine.page)).filter(text => text.state === 'discarded')
  }

  mark() { return nextMark(this.window) }

  // The text leaves the form as a note on its way.
  send(fields) {
    this.rest()
    this.isWanted = this.isUnchanged = this.isThere = false
    this.sent = fields
    return this.hand('waiting', fields)
  }

  hand(state, fields, at = Date.now()) {
    this.order = this.order.then(async () => {
      await this.kept.change({ drop: this.id ? [this.id] : [], put: this.row(state, fields, at) })
      this.id = null
    })
    return this.order
  }

  forget() {
    this.isWanted = false
    this.order = this.order.then(async () => {
      if (this.id) await this.kept.change({ drop: [this.id] })
      this.id = null
    })
    return this.order
  }

  // A text of the list stands in the form now.
  adopt(text) {
    this.isWanted = this.isUnchanged = false
    this.order = this.order.then(async () => { this.id = await this.kept.change({ drop: [text.id], put: this.row('typing') }) })
    return this.order
  }

  // On the server too: one sending after another, so that no older text comes there after a newer one.
  shelter() {
    if (this.isNext) return
    this.isNext = true
    this.sending = this.sending.then(() => this.sendTyped())
  }

  // Until all is kept here, and nothing is on its way, nor due, that would come to the server after the text it became.
  async calm() {
    this.rest()
    await this.order
    await this.sending
  }

  // Until what is due or on its way has been answered; where there is no network it is kept here.
  async keepNow() {
    if (this.timer) {
      this.rest()
      this.shelter()
    }
    await this.order
    await this.sending
    await this.order // the answer may have ended the copy that is kept here
  }

  // Until what is on its way has arrived: false where there is no network.
  async arrive() {
    await this.sending
    if (this.isUnanswered) await this.sendTyped(true)
    if (this.isOffline) return false
    this.isUnanswered = false
    return true
  }

  body() {
    const body = new FormData(this.form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    if (this.isUnchanged) body.set('unchanged', '1')
    return body
  }

  // It never writes over what another window or device made of this text.
  async sendTyped(isLast = false) {
    this.isNext = false
    await this.order
    const { form, screen } = this, { key, draft } = form.elements
    if (screen.isBlank || screen.isLeaving && !isLast || screen.isSplit || key && !key.value) return // what becomes of a text that is being saved is told once, by its answer
    const sent = key?.value, words = screen.words, body = this.body()
    this.isThere = this.isBusy = true
    screen.keeping?.()
    const { answer, fate } = await screen.server.post(screen.dataset.to, body)
    this.isBusy = false
    this.isOffline = !answer
    this.isUnanswered = !answer || answer.status >= 500
    if (sent !== key?.value) return // it went its way meanwhile
    const isSame = screen.words === words
    if (answer?.status !== 204) return this.unsheltered(answer, fate)
    if (key && !answer.headers.get('X-Key')) return isSame && this.decided(answer)
    if (key) key.value = answer.headers.get('X-Key')
    draft.value = answer.headers.get('X-Version')
    this.isUnchanged = isSame
    if (key) this.keep()
    else if (isSame) this.forget()
    screen.sheltered(answer.headers.get('X-Saved-At'))
  }

  async unsheltered(answer, fate) {
    this.rest()
    if (await this.screen.missed(answer, fate)) this.soon(ASKED_LATER)
  }

  // It is a note already, or somebody decided about it on another device.
  async decided(answer) {
    const note = answer.headers.get('X-Note')
    if (note && this.form.elements.again?.value) return this.screen.line.saved(answer.headers.get('X-Saved-At'), 'again') // taken back to be changed: it stays
    if (this.screen.isNew) this.screen.startAnew()
    await this.forget()
    if (note) this.screen.became(note, answer.headers.get('X-Saved-At'))
    else location.reload()
  }
}
