import { typeAtOnce } from './typing.js'

/** `npm run typing`: two analysts type and press at once for a minute (`SECONDS` for another time), and nothing typed is lost. */
const seconds = Number(process.env['SECONDS'] ?? 60)
const { sent, cases, kept, lost } = await typeAtOnce(seconds * 1000)
for (const one of lost) console.log(`LOST  ${one}`)
console.log(`${cases} cases, ${sent} texts sent, ${kept} redraws kept what was being typed, in ${seconds} seconds`)
console.log(`${sent + kept} passed, ${lost.length} failed`)
process.exitCode = lost.length === 0 && sent > 0 ? 0 : 1
