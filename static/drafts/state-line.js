// The line that says where the text is, on the clock of the meeting. What it may say stands in the page: templates/_parts/drafts.html.
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

export class StateLine {
  constructor(screen) {
    this.screen = screen
    this.place = screen.querySelector('[data-state]') || document.querySelector('#saved')
    this.trouble = ''
  }

  // In this browser, a moment ago.
  kept() {
    if (!this.screen.typing.kept.isSafe) this.say('unsafe')
    else if (this.trouble) this.inTrouble(this.trouble)
    else if (!this.screen.isNew && !this.screen.isBlank && !this.screen.typing.isUnchanged) this.say('kept')
  }

  sheltered(at) {
    this.trouble = ''
    if (!this.screen.outbox?.size && (this.screen.isOne || this.screen.typing.kept.isSafe)) this.say('safe', { time: this.there(at) })
  }

  saved(at, how = 'saved') {
    this.trouble = ''
    this.say(how, { time: this.there(at) })
  }

  // What the server says of a text that it does not keep.
  refused(name, words) {
    this.trouble = ''
    this.say(name, { words })
  }

  // Always false: nothing goes on from here.
  inTrouble(fate) {
    this.trouble = fate
    const num = this.screen.outbox?.size
    if (!this.screen.typing.kept?.isSafe) this.say('unsafe')
    else if (fate === 'offline' && num) this.say(num === 1 ? 'offlineOne' : 'offline', { num })
    else this.say(fate === 'offline' ? 'offlineHere' : fate)
    return false
  }

  at(time, parts = CLOCK, language = 'en-GB') {
    return this.there(new Intl.DateTimeFormat(language, { timeZone: this.screen.dataset.zone, ...parts }).format(time))
  }

  // With the zone that this is: 11:05:12 UTC+7.
  there(time) {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: this.screen.dataset.zone, timeZoneName: 'shortOffset' }).formatToParts(this.screen.server.now)
    return `${time} ${parts.find(part => part.type === 'timeZoneName').value.replace('GMT', 'UTC')}`
  }

  say(name, values = {}) {
    const pattern = this.screen.querySelector('template[data-states]').content.querySelector(`[data-say="${name}"]`)
    if (!this.place || !pattern) return
    const saying = document.importNode(pattern, true), words = saying.querySelector('.state').lastChild
    words.data = words.data.replace(/\{(\w+)\}/g, (_all, value) => values[value] ?? this.at(this.screen.server.now))
    const active = document.activeElement, text = this.screen.contains(active) && active, before = text && text.getBoundingClientRect().top
    this.place.replaceChildren(saying)
    if (text) scrollBy({ top: text.getBoundingClientRect().top - before, behavior: 'instant' }) // a longer line moves nothing under the hand
  }
}
