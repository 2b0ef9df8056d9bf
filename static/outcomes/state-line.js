// The line that says where everything is, with the time on the wall of the meeting.
export class StateLine {
  constructor(screen) {
    this.screen = screen
    this.pattern = screen.querySelector('template[data-states]')
    this.words = this.pattern.dataset
    this.place = screen.querySelector('[data-line]') || document.querySelector('#saved')
    this.trouble = ''
  }

  // In this browser, a moment ago.
  kept() {
    if (!this.screen.typing.kept.isSafe) this.say('unsafe', 'stop')
    else if (this.trouble) this.inTrouble(this.trouble)
    else if (!this.screen.isNew && !this.screen.isBlank && !this.screen.typing.isUnchanged) this.say('kept', 'ok', { time: this.time })
  }

  sheltered(at) {
    this.trouble = ''
    if (!this.screen.outbox?.size && this.screen.typing.kept.isSafe) this.say('safe', 'ok', { time: this.there(at) })
  }

  saved(at, how = 'saved') {
    this.trouble = ''
    this.say(how, 'ok', { time: this.there(at) })
  }

  // Always false: nothing goes on from here.
  inTrouble(fate) {
    this.trouble = fate
    const num = this.screen.outbox?.size
    if (fate === 'offline' && num) this.say(num === 1 ? 'offlineOne' : 'offline', 'off', { num })
    else this.say(fate === 'offline' ? 'offlineHere' : fate, fate === 'offline' ? 'off' : 'stop', { time: this.time })
    return false
  }

  get time() {
    const clock = { timeZone: this.words.zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
    return this.there(new Intl.DateTimeFormat('en-GB', clock).format(this.screen.server.now))
  }

  there(time) { return `${time} ${this.words.offset}` }

  say(name, tone, values = {}) {
    if (!this.place) return
    const pattern = this.pattern.content.querySelector(`.${tone}`)
    const state = document.importNode(pattern, true)
    state.append(this.words[name].replace(/\{(\w+)\}/g, (_all, value) => values[value]))
    const way = this.pattern.content.querySelector(`[data-for=${name}]`)
    const active = document.activeElement, text = this.screen.contains(active) && active, before = text && text.getBoundingClientRect().top
    this.place.replaceChildren(state, ...way ? [' ', document.importNode(way, true)] : [])
    if (text) scrollBy({ top: text.getBoundingClientRect().top - before, behavior: 'instant' }) // a longer line moves nothing under the hand
  }
}
