import { typeAtOnce } from './typing.js'

/** `npm run typing`: two analysts type and press at once for a minute (`SECONDS` for another time), and nothing typed is lost. */
const seconds = Number(process.env['SECONDS'] ?? 60)
const { sent, cases, waited, kept, lost } = await typeAtOnce(seconds * 1000)
for (const one of lost) console.log(`LOST  ${one}`)
console.log(
  `${cases} cases, ${sent} texts sent, ${waited} times news of others came while somebody typed and the card waited, ${kept} new cards had what was being typed, in ${seconds} seconds`,
)
console.log(`${sent + waited + kept} passed, ${lost.length} failed`)
if (waited === 0) console.log('No news came while somebody typed, so nothing is proved.')
process.exitCode = lost.length === 0 && sent > 0 && waited > 0 ? 0 : 1
