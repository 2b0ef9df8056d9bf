// A form that the server keeps is kept in this browser too, at once and until the server has it. What comes back goes into the form;
// where the server has another text by now, whoever wrote it chooses. Where there is no form any more, it can be copied.
import { KeptForm } from '../house/kept-form.js'
import { fieldsOf, fill, isAnswer } from './fields.js'
import { Kept } from './kept.js'
import { Server } from './server.js'
import { Typing, valueOf } from './typing.js'

const NOT_TYPED = /^(base|over|mark|csrf_token|choice-.*)$/
const MOMENT = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const LANGUAGE = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

class TypingHere extends Typing {
  async goOn(texts) {
    const { screen } = this, left = screen.isAnswered ? texts.filter(text => text.window === this.window) : texts
    const come = left.filter(text => screen.ahead(text) <= 0), late = left.filter(text => !come.includes(text))
    for (const text of come) await this.kept.change({ drop: [text.id] })
    if (!late.every(text => screen.goesOn(text))) screen.isTouched = true // nothing goes into the form by itself
    await super.goOn(late)
  }
}

customElements.define('kept-here', class extends KeptForm {
  connectedCallback() {
    this.server = new Server(location.pathname, this.dataset.person)
    if (this.querySelector('form')) super.connectedCallback()
    const told = document.querySelector('.summary, .wrong, [role=alert]')
    this.isAnswered = isAnswer(told)
    if (this.form && told && !this.isAnswered) return location.replace(location.pathname + location.search) // loaded once more it has the older text: what the server keeps is newer
    this.ready = this.open().then(() => { this.dataset.ready = '' })
  }

  async open() {
    if (!this.form) return this.show(await this.left(await Kept.open()))
    this.base = this.form.elements.base.value
    this.typing = new TypingHere(this)
    this.addEventListener('input', () => this.typed())
    if (this.dirty) this.typed()
    await this.typing.open()
    this.show((await this.left(this.typing.kept)).filter(text => text.state === 'aside'))
  }

  typed() {
    this.isTouched = true
    this.typing.typed()
  }

  // A browser gives no file back, and which revision somebody reads is told by the page.
  fields() { return fieldsOf(this.form).filter(([name, value]) => typeof value === 'string' && !name.startsWith('seen-')) }
  startAnew() { /* a form behind a link is the same in every window */ }

  // How much later this text is than what the server has of the same window; of another window nobody knows.
  ahead(text) {
    const [[here, num], [there, last]] = [valueOf(text.fields, 'mark'), this.dataset.mark].map(mark => (mark || '').split('.'))
    return here === there ? num - last : NaN
  }

  goesOn(text) { return this.ahead(text) > 0 || valueOf(text.fields, 'base') === this.base }

  bringBack(fields) {
    fill(this.form, fields)
    this.querySelectorAll('textarea').forEach(text => {
      this.count(text)
      if (text.value) text.closest('details')?.setAttribute('open', '')
    })
    if (!this.isAnswered) this.soon(0)
  }

  tell() { if (this.isUnanswered) this.sayOffline() }
  sayOffline() {
    if (!this.typing.kept?.isSafe) return super.sayOffline()
    this.say(this.dataset.here.replace('{time}', this.there(this.at(this.server.now, CLOCK))))
  }

  // On the clock of the meeting, and which that is: 11:05:12 UTC+7.
  there(time) {
    const zone = new Intl.DateTimeFormat('en-GB', { timeZone: this.dataset.zone, timeZoneName: 'shortOffset' }).formatToParts(this.server.now)
    return `${time} ${zone.find(part => part.type === 'timeZoneName').value.replace('GMT', 'UTC')}`
  }

  at(time, parts, language = 'en-GB') { return new Intl.DateTimeFormat(language, { timeZone: this.dataset.zone, ...parts }).format(time) }

  kept(answer) {
    super.kept(answer)
    if (!this.dirty) this.typing.forget()
  }

  // Who signed in or out in another window has a new token.
  async send(body, how) {
    const answer = await super.send(body, how)
    return answer.status === 400 && await this.server.renew() === 'renewed' ? super.send(this.body(), how) : answer
  }

  left(kept) {
    this.here = kept
    return kept.texts(this.dataset.person, this.dataset.page || location.pathname)
  }

  // The texts that would push out a newer one of the server, or of another window; where there is no form, all.
  show(texts) {
    const said = this.form ? this.fields().map(([, value]) => value) : [...document.querySelectorAll('main dd, main .said')].map(one => one.textContent)
    const stands = new Set(said.map(value => value.trim()))
    for (const text of texts) {
      const typed = text.fields.filter(([name, value]) => !NOT_TYPED.test(name) && value.trim() && !stands.has(value.trim()))
      if (typed.length && !(this.ahead(text) <= 0)) this.tellOf(text, typed.map(([, value]) => value))
      else if (!this.querySelector('.lost')) this.here.change({ drop: [text.id] }) // what is given back is nowhere else
    }
  }

  tellOf(text, values) {
    const panel = document.importNode(this.querySelector('template').content, true).firstElementChild
    const words = values.filter(value => /\s/.test(value.trim())).join('\n\n'), when = panel.querySelector('time')
    const press = (name, act) => panel.querySelector(`[data-${name}]`)?.addEventListener('click', act)
    panel.querySelector('.said').textContent = words
    when.textContent = this.there(this.at(text.at, MOMENT, LANGUAGE))
    when.dateTime = new Date(text.at).toISOString()
    press('copy', () => navigator.clipboard?.writeText(words))
    press('throw', () => { this.here.change({ drop: [text.id] }); panel.remove() })
    press('back', () => { panel.remove(); this.takeBack(text) })
    this.prepend(panel)
  }

  // What stands in the form is not lost for it: the server keeps it as a revision, and what it does not have waits here in its turn.
  async takeBack(text) {
    const before = this.isOwed && this.fields()
    this.bringBack(text.fields)
    this.form.elements.over.value = '1'
    this.form.querySelector('textarea').focus()
    if (before) await this.typing.hand('aside', before)
    await this.typing.adopt(text)
  }
})
