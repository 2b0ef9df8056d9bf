// How many words a text has, as the server counts them: eventapp/ground/text/policy.py says the rule, a test holds both to it.
const FOUR = '\\u{e00}-\\u{109f}\\u{1780}-\\u{17ff}\\u{a9e0}-\\u{a9ff}\\u{aa60}-\\u{aa7f}'
const TWO = '\\u{3005}-\\u{3007}\\u{3040}-\\u{30ff}\\u{31f0}-\\u{31ff}\\u{3400}-\\u{4dbf}\\u{4e00}-\\u{9fff}\\u{f900}-\\u{faff}\\u{ff66}-\\u{ff9f}\\u{20000}-\\u{323af}'
const four = new RegExp(`[${FOUR}]`, 'gu'), two = new RegExp(`[${TWO}]`, 'gu'), either = new RegExp(`[${FOUR}${TWO}]+`, 'u')
const letter = /\p{L}/u, sign = /[\p{L}\p{N}]/u

export function wordsIn(text) {
  const lettersOf = script => (text.match(script) ?? []).filter(one => letter.test(one)).length
  const unspaced = Math.ceil(lettersOf(four) / 4) + Math.ceil(lettersOf(two) / 2)
  return text.split(/\s+/).filter(Boolean).reduce((sum, run) => sum + (
    either.test(run) ? run.split(either).filter(rest => sign.test(rest)).length : 1
  ), unspaced)
}
