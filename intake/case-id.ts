import { createHash } from 'node:crypto'
import type { Source } from '../triage/alert.js'
import { codeLetters } from '../triage/case-code.js'

/** The case of an alert, `7K3F-9QXM-2ABC`: the same alert always has the same, so it can be sent again without harm. */
export const caseId = (source: Source, sourceAlertId: string): string => {
  const hash = createHash('sha256').update(`${source}\n${sourceAlertId}`).digest()
  let bits = hash.readBigUInt64BE() >> 4n
  let id = ''
  for (let at = 0; at < 12; at += 1) {
    id = `${codeLetters[Number(bits & 31n)] ?? ''}${at > 0 && at % 4 === 0 ? '-' : ''}${id}`
    bits >>= 5n
  }
  return id
}
