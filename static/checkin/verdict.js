// A verdict on the page: its words are there in a template, the facts say what is different.
export class Verdicts {
  constructor(door) {
    this.door = door
  }

  told(facts) {
    const copy = this.door.querySelector(`[data-told=${facts.verdict}]`).content.firstElementChild.cloneNode(true)
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
    const shapes = JSON.parse(this.door.dataset.shapes)
    sign.querySelector('rect').setAttribute('fill', colour)
    sign.querySelector('path').setAttribute('fill', ink)
    sign.querySelector('path').setAttribute('d', shapes[shape] ?? shapes.square)
    sign.lastChild.textContent = ` ${JSON.parse(this.door.dataset.categories)[name] ?? name}`
  }

  // What nobody could check: a number without a connection, or a phone without the list.
  unchecked(scan, when) {
    const copy = this.door.querySelector('[data-kept]').content.cloneNode(true)
    copy.querySelector('[data-kept-at]').textContent = when
    copy.querySelector('[data-kept-code]').textContent = shortened(scan.code)
    copy.querySelector(isNumber(scan.code) ? '[data-kept-badge]' : '[data-kept-number]').remove()
    return [...copy.childNodes]
  }
}

// A number is on the badge for all to see, so it opens nothing.
export const isNumber = code => /^\s*(R-?)?0*\d{1,6}\s*$/i.test(code)

export const shortened = code => code.length > 12 ? `${code.slice(0, 12)}…` : code
