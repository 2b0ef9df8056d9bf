// Action lines and goals for a text as it is typed: the same as eventapp/record/suggestions/suggest.py, in the page, so that it works offline.
const CLEAR = 4, PLAIN = 6, APART = 0.25, MOST = 5, REPEATED = 0.25, REPEATS = 2, LINKED = 0.5, WEAK = 2, STEM = 3, NEITHER = '', KEEP_S = ['aids', 'news']
const SHARE = { goals: 0.3, action_lines: 0.5 }

export class Suggestions {
  constructor(words, matrix) { // words: group -> tag -> weight -> phrases; matrix: line -> set of goals
    this.matrix = matrix
    this.groups = {}
    for (const group of ['goals', 'action_lines', 'digital']) this.groups[group] = indexed({ ...words[group], ...words.neither })
  }

  // { goals: [{ tag, score, words }], action_lines: [...] }, best first
  for(text) {
    const tokens = tokensOf(text)
    const share = this.found(tokens, 'digital').length ? 1 : APART
    const spoken = scores(this.found(tokens, 'action_lines'), tokens).map(hint => ({ ...hint, score: hint.score * share }))
    const lines = ranked(spoken, this.groups.action_lines.order, SHARE.action_lines)
    const linked = lines.length ? this.matrix[lines[0].tag] || new Set() : new Set()
    const goals = scores(this.found(tokens, 'goals'), tokens)
    for (const hint of goals) if (linked.has(hint.tag)) hint.score += LINKED
    return { goals: ranked(goals, this.groups.goals.order, SHARE.goals), action_lines: lines }
  }

  found(tokens, group) {
    const index = this.groups[group].index, matches = [], byStart = new Map()
    tokens.forEach((token, start) => {
      for (const entry of [...index.get(token) || [], ...index.get(`${token.slice(0, STEM)}*`) || []]) {
        if (stands(entry.words, tokens, start)) matches.push({ entry, start, end: start + entry.words.length })
      }
    })
    for (const match of matches) byStart.set(match.start, [...byStart.get(match.start) || [], match])
    const reach = Math.max(0, ...[...new Set(matches.map(match => match.end - match.start))])
    const isSilenced = match => {
      for (let start = match.start - reach + 1; start <= match.start; start++) if (byStart.get(start)?.some(other => silences(other, match))) return true
    }
    return matches.filter(match => match.entry.tag !== NEITHER && !isSilenced(match))
  }
}

function indexed(tags) {
  const index = new Map()
  const order = Object.keys(tags)
  for (const [tag, weights] of Object.entries(tags)) {
    const seen = new Set()
    for (const weight of Object.keys(weights).sort((a, b) => b - a)) { // the highest weight first
      for (const phrase of weights[weight]) {
        const words = phrase.match(/[a-z0-9]+\*?/g).map(word => word.endsWith('*') ? word : singular(word))
        if (seen.has(words.join(' '))) continue
        seen.add(words.join(' '))
        const start = words[0].endsWith('*') ? `${words[0].slice(0, STEM)}*` : words[0]
        if (!index.has(start)) index.set(start, [])
        index.get(start).push({ tag, words, weight: Number(weight) })
      }
    }
  }
  return { index, order }
}

function tokensOf(text) {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  return (plain.match(/[a-z0-9]+/g) || []).map(singular)
}

function singular(word) {
  if (KEEP_S.includes(word)) return word
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1)
  return word
}

function stands(words, tokens, start) {
  return start + words.length <= tokens.length && words.every((word, n) => {
    const token = tokens[start + n]
    return word.endsWith('*') ? token.startsWith(word.slice(0, -1)) : token === word
  })
}

function silences(other, match) {
  const longer = other.end - other.start > match.end - match.start
  const covers = other.start <= match.start && match.end <= other.end
  const rules = other.entry.tag === match.entry.tag || other.entry.tag === NEITHER
  return longer && covers && (rules || match.entry.weight <= WEAK)
}

function scores(matches, tokens) {
  const tags = new Map()
  for (const match of matches) {
    if (!tags.has(match.entry.tag)) tags.set(match.entry.tag, new Map())
    const phrases = tags.get(match.entry.tag)
    if (!phrases.has(match.entry)) phrases.set(match.entry, [])
    phrases.get(match.entry).push(match)
  }
  return [...tags].map(([tag, phrases]) => {
    let score = 0
    for (const [entry, all] of phrases) score += entry.weight * (1 + REPEATED * Math.min(all.length - 1, REPEATS))
    const clearest = [...phrases].sort(([a, one], [b, other]) => b.weight - a.weight || one[0].start - other[0].start)
    return { tag, score, words: [...new Set(clearest.map(([, all]) => tokens.slice(all[0].start, all[0].end).join(' ')))] }
  })
}

function ranked(hints, order, share) {
  const best = Math.max(0, ...hints.map(hint => hint.score))
  return hints.filter(hint => hint.score >= Math.max(CLEAR, Math.min(PLAIN, share * best)))
    .sort((a, b) => b.score - a.score || order.indexOf(a.tag) - order.indexOf(b.tag)).slice(0, MOST)
}
