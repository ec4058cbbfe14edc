import { typeAtOnce } from './typing.js'

/**
 * `npm run typing`: two analysts type and press at once for a minute (`SECONDS` for another time), and nothing typed is lost; then once
 * more while Teams takes 1.5 seconds (`SLOW_MS`) to draw a card anew.
 */
const seconds = Number(process.env['SECONDS'] ?? 60)
const slowMs = Number(process.env['SLOW_MS'] ?? 1500)
let failed = false
for (const updateMs of [0, slowMs]) {
  const { sent, cases, waited, kept, lost } = await typeAtOnce(seconds * 1000, updateMs)
  for (const one of lost) console.log(`LOST  ${one}`)
  console.log(
    `${cases} cases, ${sent} texts sent, ${waited} times news of others came while somebody typed and the card waited, ${kept} new cards had what was being typed, in ${seconds} seconds, with ${updateMs} ms for each redraw`,
  )
  console.log(`${sent + waited + kept} passed, ${lost.length} failed`)
  if (waited === 0) console.log('No news came while somebody typed, so nothing is proved.')
  failed ||= lost.length > 0 || sent === 0 || waited === 0
}
process.exitCode = failed ? 1 : 0
