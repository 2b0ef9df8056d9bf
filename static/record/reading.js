// Dates, figures and the language of words as they are typed: the same as eventapp/record/reading/, in the page, so that it works offline.
const DAYS = { d: 1, w: 7 }
const words = found => found.toLowerCase().replace(/'/g, '’').replace(/[\u00a0\u202f]/g, ' ')
const day = (year, month, date) => new Date(Date.UTC(year, month - 1, date))
const lastOf = (year, month) => day(year, month + 1, 0)

export class Reading {
  constructor(said) { // what /outcomes/words.json has as "reading": the patterns and words that the server reads with
    this.said = said
    this.dates = new RegExp(said.dates, 'gi')
    this.figure = new RegExp(said.figures, 'gi')
  }

  // [{ words, start, end, first, last, isDeadline }] in their order; today is a day in UTC
  datesIn(text, today) {
    return [...text.matchAll(this.dates)].map(match => {
      const parted = {}
      for (const [name, value] of Object.entries(match.groups)) if (value) parted[name.replace(/^date_|\d+$/g, '')] = words(value)
      const period = this.period(parted, today)
      if (!period) return null
      let [first, last] = period
      const isBefore = this.said.before.includes(parted.prefix)
      if (isBefore && +first !== +last) first = last = new Date(+first - 864e5)
      const isDeadline = isBefore || this.said.deadline.includes(parted.prefix) || 'within' in parted
      return { words: match[0], start: match.index, end: match.index + match[0].length, first, last, isDeadline }
    }).filter(Boolean)
  }

  period(parted, today) {
    if (parted.years) return this.months(today.getUTCFullYear() + this.said.years[parted.years], 1, 12)
    if (parted.within) return this.fromNow(parted, today)
    if (parted.until) return [day(parted.from, 1, 1), day(parted.until, 12, 31)]
    const year = Number(parted.year)
    if (parted.part) return this.months(year, ...this.said.parts[parted.part])
    if (!parted.month) return this.months(year, 1, 12)
    const month = this.said.months[parted.month] || Number(parted.month)
    if (!(month >= 1 && month <= 12)) return null
    if (!parted.day) return this.months(year, month, month)
    const found = day(year, month, parted.day)
    return found.getUTCMonth() === month - 1 && Number(parted.day) ? [found, found] : null
  }

  fromNow(parted, today) {
    const many = this.said.numbers[parted.count] || Number(parted.count), unit = this.said.units[parted.unit]
    if (DAYS[unit]) return [today, new Date(+today + many * DAYS[unit] * 864e5)]
    const month = today.getUTCMonth() + 1 + many * (unit === 'y' ? 12 : 1)
    const last = lastOf(today.getUTCFullYear(), month)
    last.setUTCDate(Math.min(today.getUTCDate(), last.getUTCDate()))
    return [today, last]
  }

  months(year, first, last) { return [day(year, first, 1), lastOf(year, last)] }

  // By when something is to be done: the first deadline, else the first day to come.
  dueIn(text, today) {
    const found = this.datesIn(text, today)
    return found.find(one => one.isDeadline && one.last >= today) || found.find(one => one.last > today)
  }

  // The figures as they are written.
  figuresIn(text) {
    const dates = [...text.matchAll(this.dates)].map(match => [match.index, match.index + match[0].length])
    return [...text.matchAll(this.figure)].filter(match => {
      const end = match.index + match[0].length, { figure_share: share, figure_money: money, figure_scale: scale } = match.groups
      if (dates.some(([from, to]) => from < end && match.index < to)) return false
      if (share || money || scale) return true
      const before = text.slice(Math.max(0, match.index - 20), match.index).trim().split(/\s+/).pop().toLowerCase().replace(/^[(.,]+|[(.,]+$/g, '')
      return match[0].replace(/[^0-9]/g, '').length > 1 && !this.said.named.includes(before)
    }).map(match => match[0])
  }

  // The code of the language of words in Latin letters; '' where that is not sure. Other scripts the server knows.
  tongueIn(text) {
    const plain = text.replace(/[“"«][^”"»]*[”"»]/g, ' ').replace(new RegExp(this.said.name, 'gu'), ' ').toLowerCase()
    const tokens = plain.match(/[\p{L}\p{M}]+/gu) || [], scores = {}
    if (!tokens.length || !/^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text)) return ''
    for (const token of new Set(tokens)) {
      const tongues = Object.hasOwn(this.said.tongues, token) ? this.said.tongues[token] : []
      for (const code of tongues) scores[code] = (scores[code] || 0) + 1 / tongues.length
    }
    for (const [code, letters] of Object.entries(this.said.letters)) {
      const many = [...plain].filter(one => letters.includes(one)).length
      if (many) scores[code] = (scores[code] || 0) + many
    }
    const [best, score] = Object.entries(scores).reduce((a, b) => b[1] > a[1] ? b : a, ['', 0])
    const others = Object.entries(scores).filter(([code]) => code !== best && !['id', 'ms'].every(one => [code, best].includes(one)))
    const second = Math.max(0, ...others.map(([, many]) => many)), english = scores.en || 0, { enough, ahead, share } = this.said.needs
    if (best !== 'en' && english >= this.said.needs.english && score < 3 * english) return ''
    return score >= enough && score >= ahead * second && score >= share * tokens.length ? best : ''
  }
}
