// The Latin letter of a key, small: on a keyboard of another script, the one that stands in its place on a Latin one.
export function letterOf(event) {
  const isLatin = /^[a-z]$/i.test(event.key)
  return isLatin || !/^Key[A-Z]$/.test(event.code) || event.key.length > 1 ? event.key.toLowerCase() : event.code.at(-1).toLowerCase()
}
